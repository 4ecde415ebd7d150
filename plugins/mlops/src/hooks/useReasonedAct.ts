import { useState } from 'react';
import { MlopsClient } from '@mlops-portal/plugin-mlops-common';
import { useAct } from './useAct';

export interface ReasonedCall {
  /** What the person typed. */
  reason: string;
  /** One for each opening of the dialog: a second try after a lost answer does nothing twice. */
  idempotencyKey: string;
  signal: AbortSignal;
}

/**
 * One act on the hub that asks for a reason first. `open` shows the dialog; `dialog` are the properties of `ReasonDialog` that
 * belong to it. The dialog closes when the act was done, and stays with its error when it was not.
 */
export function useReasonedAct<T>(
  work: (hub: MlopsClient, call: ReasonedCall) => Promise<T>,
  onDone: (answer: T) => void,
) {
  const [key, setKey] = useState<string>();
  const { act, busy, error, clear } = useAct();
  const onClose = () => {
    setKey(undefined);
    clear();
  };
  const onConfirm = async (reason: string) => {
    const answer = await act((hub, signal) =>
      work(hub, { reason, idempotencyKey: key!, signal }),
    );
    if (answer === undefined) return;
    onClose();
    onDone(answer);
  };
  return {
    open: () => setKey(crypto.randomUUID()),
    dialog: { isOpen: key !== undefined, busy, error, onClose, onConfirm },
  };
}

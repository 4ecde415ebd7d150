import { useState } from 'react';
import { RiPlayLine } from '@remixicon/react';
import { Button } from '@backstage/ui';
import { Decision } from '@mlops-portal/plugin-mlops-common';
import { ReasonDialog } from '../components';
import { useAct, useText } from '../hooks';

/** Asks for a retraining on a person's word; says what the decision was. */
export function RetrainButton(props: {
  problem: string;
  alertId?: string;
  primary?: boolean;
  onDone: () => void;
}) {
  const { t, stateWord } = useText();
  const [open, setOpen] = useState(false);
  const [key, setKey] = useState('');
  const [made, setMade] = useState<Decision>();
  const { act, busy, error, clear } = useAct();
  const close = () => {
    setOpen(false);
    clear();
  };
  const retrain = async (reason: string) => {
    const decision = await act((hub, signal) =>
      hub.retrain(
        {
          problem: props.problem,
          body: { reason, alertId: props.alertId, idempotencyKey: key },
        },
        { signal },
      ),
    );
    if (!decision) return;
    setMade(decision);
    close();
    props.onDone();
  };
  return (
    <>
      {made && (
        <span className="ml-s12 ml-2" role="status">
          {t('retrain.started', {
            outcome: stateWord(made.outcome),
            because: made.because,
          })}
        </span>
      )}
      <Button
        size="small"
        variant={props.primary ? 'primary' : 'secondary'}
        iconStart={<RiPlayLine size={16} />}
        onPress={() => {
          setKey(crypto.randomUUID());
          setOpen(true);
        }}
      >
        {t('alert.retrain')}
      </Button>
      <ReasonDialog
        isOpen={open}
        title={t('alert.retrainTitle', { name: props.problem })}
        changes={[
          t('alert.retrainChange', { name: props.problem }),
          t('alert.retrainStays'),
          t('alert.retrainOnce'),
        ]}
        confirm={t('alert.retrainDo')}
        busy={busy}
        error={error}
        onClose={close}
        onConfirm={retrain}
      />
    </>
  );
}

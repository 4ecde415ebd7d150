import { ReactNode, useEffect, useState } from 'react';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  TextAreaField,
} from '@backstage/ui';
import { useText } from '../hooks';
import { ML_ROOT } from '../theme/styles';
import { ErrorNotice } from './ErrorNotice';

const SHORTEST = 3;

/** Asks for the reason of an act after saying what the act will change. Stays open, with what was typed, when the act fails. */
export function ReasonDialog(props: {
  isOpen: boolean;
  title: string;
  /** Each line is one thing that will change. */
  changes: ReactNode[];
  confirm: string;
  destructive?: boolean;
  busy?: boolean;
  error?: Error;
  /** Further fields above the reason. */
  children?: ReactNode;
  onClose: () => void;
  onConfirm: (reason: string) => void;
}) {
  const { t } = useText();
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  useEffect(() => {
    if (props.isOpen) {
      setReason('');
      setTried(false);
    }
  }, [props.isOpen]);
  const short = reason.trim().length < SHORTEST;
  const confirm = () => {
    setTried(true);
    if (!short) props.onConfirm(reason.trim());
  };
  return (
    <Dialog
      isOpen={props.isOpen}
      onOpenChange={open => !open && props.onClose()}
      width={480}
    >
      <DialogHeader>{props.title}</DialogHeader>
      <DialogBody>
        <div className={`${ML_ROOT} ml-col ml-gap-16`}>
          <div>
            <h3>{t('common.willChange')}</h3>
            <ul>
              {props.changes.map((change, i) => (
                <li key={i}>{change}</li>
              ))}
            </ul>
          </div>
          {props.children}
          <TextAreaField
            label={t('common.reason')}
            description={
              tried && short ? t('common.reasonShort') : t('common.reasonHelp')
            }
            value={reason}
            onChange={setReason}
            isInvalid={tried && short}
            isRequired
          />
          {props.error && (
            <ErrorNotice what={props.confirm} error={props.error} act />
          )}
        </div>
      </DialogBody>
      <DialogFooter>
        <Button
          variant="primary"
          destructive={props.destructive}
          isPending={props.busy}
          onPress={confirm}
        >
          {props.confirm}
        </Button>
        <Button variant="secondary" onPress={props.onClose}>
          {t('common.cancel')}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}

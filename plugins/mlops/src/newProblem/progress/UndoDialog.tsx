import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
} from '@backstage/ui';
import { ErrorNotice } from '../../components';
import { useText } from '../../hooks';
import { ML_ROOT } from '../../theme/styles';
import { useWords } from '../useWords';

/** Says what Undo will delete before it does. */
export function UndoDialog(props: {
  isOpen: boolean;
  name: string;
  busy: boolean;
  error?: Error;
  onClose: () => void;
  onConfirm: () => void;
}) {
  const t = useWords();
  const text = useText();
  return (
    <Dialog
      isOpen={props.isOpen}
      onOpenChange={open => !open && props.onClose()}
      width={440}
    >
      <DialogHeader>{t('progress.undo')}</DialogHeader>
      <DialogBody>
        <div className={`${ML_ROOT} ml-col`}>
          <p>{t('progress.undoChanges', { name: props.name })}</p>
          <p>{t('progress.undoCatalog')}</p>
          {props.error && (
            <ErrorNotice what={t('progress.undo')} error={props.error} act />
          )}
        </div>
      </DialogBody>
      <DialogFooter>
        <Button
          variant="primary"
          destructive
          isPending={props.busy}
          onPress={props.onConfirm}
        >
          {t('progress.undo').replace('…', '')}
        </Button>
        <Button variant="secondary" onPress={props.onClose}>
          {text.t('common.cancel')}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}

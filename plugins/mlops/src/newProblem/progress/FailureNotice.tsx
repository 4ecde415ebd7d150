import { useState } from 'react';
import { Button, ButtonLink } from '@backstage/ui';
import { ErrorNotice, StateShape } from '../../components';
import { paths } from '../../routes';
import { useWords, WordKey } from '../useWords';
import { UndoDialog } from './UndoDialog';
import { useMaking } from './useMaking';
import { useUndo } from './useUndo';

/** What became of a creation that failed or was stopped, and the ways on. */
export function FailureNotice(props: {
  taskId: string;
  making: ReturnType<typeof useMaking>;
  retrying: boolean;
  retryFailed?: Error;
  onRetry: () => void;
}) {
  const t = useWords();
  const { making } = props;
  const { name, exists, outcome } = making;
  const [asking, setAsking] = useState(false);
  const undo = useUndo(props.taskId, name);
  const left = exists && !undo.done;
  let remains: WordKey = 'progress.nothingMade';
  if (left) remains = 'progress.stillThere';
  else if (undo.done) remains = 'progress.undone';
  else if (making.takenBack) remains = 'progress.nothingLeft';
  const reason = making.steps.find(s => s.state === 'failed')?.reason;
  return (
    <div className="ml-notice bad" role="alert">
      <StateShape state={outcome === 'failed' ? 'failed' : 'stopped'} />
      <div className="ml-col">
        {reason && <strong>{reason}</strong>}
        <span>{t(remains)}</span>
        <span className="ml-row wrap">
          {!undo.done && (
            <Button
              size="small"
              variant="primary"
              isPending={props.retrying}
              onPress={props.onRetry}
            >
              {t(left ? 'progress.retry' : 'progress.anew')}
            </Button>
          )}
          {left && (
            <Button
              size="small"
              variant="secondary"
              destructive
              onPress={() => setAsking(true)}
            >
              {t('progress.undo')}
            </Button>
          )}
          <ButtonLink
            size="small"
            variant="secondary"
            href={paths.newProblem()}
          >
            {t('progress.change')}
          </ButtonLink>
        </span>
        {props.retryFailed && (
          <ErrorNotice
            what={t('progress.retry')}
            error={props.retryFailed}
            act
          />
        )}
        <UndoDialog
          isOpen={asking && !undo.done}
          name={name}
          busy={undo.busy}
          error={undo.error}
          onClose={() => setAsking(false)}
          onConfirm={undo.undo}
        />
      </div>
    </div>
  );
}

import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { RiGitBranchLine, RiPauseLine, RiPlayLine } from '@remixicon/react';
import { Button, ButtonLink } from '@backstage/ui';
import { ProblemDetail } from '@mlops-portal/plugin-mlops-common';
import { ReasonDialog } from '../components';
import { useAct, useText } from '../hooks';
import { paths } from '../routes';

/** Run the pipeline, open the repository, pause or resume retraining. */
export function ProblemActs(props: {
  problem: ProblemDetail;
  onChanged: () => void;
}) {
  const { t } = useText();
  const { name, repository, retrainingPaused: paused } = props.problem;
  const [open, setOpen] = useState<'run' | 'pause'>();
  const { act, busy, error } = useAct();
  const navigate = useNavigate();

  const pause = async (reason: string) => {
    const done = await act((hub, signal) =>
      hub.pauseRetraining(
        { problem: name, body: { paused: !paused, reason } },
        { signal },
      ),
    );
    if (!done) return;
    setOpen(undefined);
    props.onChanged();
  };
  const run = async (reason: string) => {
    const started = await act((hub, signal) =>
      hub.startRun(
        {
          name,
          body: {
            trigger: 'person',
            because: reason,
            idempotencyKey: crypto.randomUUID(),
          },
        },
        { signal },
      ),
    );
    if (started) navigate(paths.run(started.id));
  };

  return (
    <>
      {repository?.webUrl && (
        <ButtonLink
          href={repository.webUrl}
          variant="secondary"
          size="small"
          iconStart={<RiGitBranchLine size={16} />}
        >
          {t('problem.openRepository')}
        </ButtonLink>
      )}
      <Button
        variant="secondary"
        size="small"
        iconStart={
          paused ? <RiPlayLine size={16} /> : <RiPauseLine size={16} />
        }
        onPress={() => setOpen('pause')}
      >
        {t(paused ? 'problem.resume' : 'problem.pause')}
      </Button>
      <Button
        variant="primary"
        size="small"
        iconStart={<RiPlayLine size={16} />}
        onPress={() => setOpen('run')}
      >
        {t('problem.run')}
      </Button>
      <ReasonDialog
        isOpen={open === 'pause'}
        title={t(paused ? 'problem.resumeTitle' : 'problem.pauseTitle', {
          name,
        })}
        changes={[
          t(paused ? 'problem.resumeChange' : 'problem.pauseChange', { name }),
        ]}
        confirm={t(paused ? 'problem.resume' : 'problem.pause').replace(
          '…',
          '',
        )}
        busy={busy}
        error={error}
        onClose={() => setOpen(undefined)}
        onConfirm={pause}
      />
      <ReasonDialog
        isOpen={open === 'run'}
        title={t('problem.runTitle', { name })}
        changes={[t('problem.runChange')]}
        confirm={t('problem.run').replace('…', '')}
        busy={busy}
        error={error}
        onClose={() => setOpen(undefined)}
        onConfirm={run}
      />
    </>
  );
}

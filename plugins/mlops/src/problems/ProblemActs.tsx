import { useNavigate } from 'react-router-dom';
import { RiGitBranchLine, RiPauseLine, RiPlayLine } from '@remixicon/react';
import { Button, ButtonLink } from '@backstage/ui';
import { ProblemDetail } from '@mlops-portal/plugin-mlops-common';
import { ReasonDialog } from '../components';
import { useReasonedAct, useText } from '../hooks';
import { paths } from '../routes';

/** Run the pipeline, open the repository, pause or resume retraining. */
export function ProblemActs(props: {
  problem: ProblemDetail;
  onChanged: () => void;
}) {
  const { t } = useText();
  const { name, repository, retrainingPaused: paused } = props.problem;
  const navigate = useNavigate();
  const pause = useReasonedAct(
    (hub, { reason, signal }) =>
      hub.pauseRetraining(
        { problem: name, body: { paused: !paused, reason } },
        { signal },
      ),
    props.onChanged,
  );
  const run = useReasonedAct(
    (hub, { reason, idempotencyKey, signal }) =>
      hub.startRun(
        {
          name,
          body: { trigger: 'person', because: reason, idempotencyKey },
        },
        { signal },
      ),
    started => navigate(paths.run(started.id)),
  );

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
        onPress={pause.open}
      >
        {t(paused ? 'problem.resume' : 'problem.pause')}
      </Button>
      <Button
        variant="primary"
        size="small"
        iconStart={<RiPlayLine size={16} />}
        onPress={run.open}
      >
        {t('problem.run')}
      </Button>
      <ReasonDialog
        {...pause.dialog}
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
      />
      <ReasonDialog
        {...run.dialog}
        title={t('problem.runTitle', { name })}
        changes={[t('problem.runChange')]}
        confirm={t('problem.run').replace('…', '')}
      />
    </>
  );
}

import { useState } from 'react';
import { useNavigate, useParams } from 'react-router-dom';
import { useApi } from '@backstage/frontend-plugin-api';
import { toError } from '@backstage/errors';
import { scaffolderApiRef } from '@backstage/plugin-scaffolder-react';
import { Button, ButtonLink } from '@backstage/ui';
import { MlopsApiError } from '@mlops-portal/plugin-mlops-common';
import {
  Card,
  ErrorNotice,
  Moment,
  Page,
  State,
  StateShape,
} from '../../components';
import { EntityLink } from '../../catalog/EntityLink';
import { useActor, useFormat, useNow } from '../../hooks';
import { paths } from '../../routes';
import { TEMPLATE_REF } from '../form';
import { useForgetDraft } from '../useDraft';
import { useWords } from '../useWords';
import '../newProblem.css';
import { FailureNotice } from './FailureNotice';
import { LinksCard } from './LinksCard';
import { NextCard } from './NextCard';
import { StepList } from './StepList';
import { Outcome, useMaking } from './useMaking';

const STATE_OF: Record<Outcome, string> = {
  making: 'running',
  made: 'succeeded',
  failed: 'failed',
  stopped: 'stopped',
};

/** /ml/new/:taskId: how far is it, and where is what was made? */
export function ProgressPage() {
  const { taskId = '' } = useParams();
  const [attempt, setAttempt] = useState(0);
  // A retry starts a new stream of events of the same task.
  return (
    <Progress
      key={`${taskId}/${attempt}`}
      taskId={taskId}
      onRetried={() => setAttempt(n => n + 1)}
    />
  );
}

/** The scaffolder's client tells the status of an answer only in words. */
function unknownTask(error: Error): Error {
  return /\b404\b/.test(error.message)
    ? new MlopsApiError(404, { message: error.message })
    : error;
}

/** One call to the scaffolder that changes the task. */
function useTaskAct() {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Error>();
  const act = async (work: () => Promise<unknown>) => {
    setBusy(true);
    setError(undefined);
    try {
      await work();
    } catch (cause) {
      setError(toError(cause));
    }
    setBusy(false);
  };
  return { act, busy, error };
}

function Progress(props: { taskId: string; onRetried: () => void }) {
  const t = useWords();
  const actor = useActor();
  const scaffolder = useApi(scaffolderApiRef);
  const navigate = useNavigate();
  const { taskId } = props;
  const making = useMaking(taskId);
  const { outcome, name, task, run, form } = making;
  const retry = useTaskAct();
  const stop = useTaskAct();
  useForgetDraft(name, outcome === 'made');
  // What was taken back is not there to go on with: the same form is created anew.
  const again = async () => {
    if (making.exists) {
      await scaffolder.retry(taskId);
      props.onRetried();
      return;
    }
    const { taskId: next } = await scaffolder.scaffold({
      templateRef: TEMPLATE_REF,
      values: JSON.parse(JSON.stringify(form)),
    });
    navigate(`${paths.newProblem()}/${next}`);
  };
  const creator = task?.spec.user?.ref;
  return (
    <Page
      title={name || t('title')}
      crumbs={[
        { title: t('problems'), href: paths.problems() },
        { title: t('title'), href: paths.newProblem() },
      ]}
      state={
        task && (
          <State state={STATE_OF[outcome]} pill>
            {t(`progress.${outcome}`)}
          </State>
        )
      }
      meta={
        task && (
          <>
            <span>
              {t('progress.started')} <Moment at={task.createdAt} />
              {creator && (
                <>
                  {' '}
                  {t('progress.by')} <b>{actor(creator)}</b>
                </>
              )}
            </span>
            {form && (
              <span>
                {t('progress.owner')} <EntityLink of={form.owner} />
              </span>
            )}
          </>
        )
      }
      acts={
        <>
          {outcome === 'making' && task && (
            <Button
              variant="secondary"
              destructive
              isPending={stop.busy}
              onPress={() => stop.act(() => scaffolder.cancelTask(taskId))}
            >
              {t('progress.stop')}
            </Button>
          )}
          {run && (
            <ButtonLink variant="secondary" href={paths.run(run.id)}>
              {t('progress.openRun')}
            </ButtonLink>
          )}
          {making.registered && (
            <ButtonLink variant="primary" href={paths.problem(name)}>
              {t('progress.openProblem')}
            </ButtonLink>
          )}
        </>
      }
    >
      {(outcome === 'failed' || outcome === 'stopped') && (
        <FailureNotice
          taskId={taskId}
          making={making}
          retrying={retry.busy}
          retryFailed={retry.error}
          onRetry={() => retry.act(again)}
        />
      )}
      {stop.error && (
        <ErrorNotice what={t('progress.stop')} error={stop.error} act />
      )}
      {making.error && !task && (
        <ErrorNotice
          what={t('progress.task')}
          error={unknownTask(making.error)}
          onRetry={props.onRetried}
        />
      )}
      {task && <Body making={making} createdAt={task.createdAt} />}
    </Page>
  );
}

function Body(props: {
  making: ReturnType<typeof useMaking>;
  createdAt: string;
}) {
  const t = useWords();
  const { making } = props;
  return (
    <div className="ml-wide start ml-new">
      <Card title={t('progress.title')}>
        <Bar making={making} createdAt={props.createdAt} />
        <StepList making={making} />
      </Card>
      <div className="ml-col ml-gap-16">
        <LinksCard making={making} />
        {making.outcome === 'making' && (
          <div className="ml-notice run">
            <StateShape state="running" />
            <div>{t('progress.leave')}</div>
          </div>
        )}
        {making.exists && making.repository && <NextCard making={making} />}
      </div>
    </div>
  );
}

function Bar(props: {
  making: ReturnType<typeof useMaking>;
  createdAt: string;
}) {
  const t = useWords();
  const format = useFormat();
  const now = useNow(1000);
  const { steps, ci, run, outcome } = props.making;
  if (outcome === 'failed' || outcome === 'stopped') return null;
  const states = [
    ...steps.map(s => s.state),
    ci?.state,
    run?.state,
    run?.versionMade ? 'succeeded' : undefined,
  ];
  const done = states.filter(s => s === 'succeeded').length;
  const began = Date.parse(props.createdAt);
  const all = format.count(states.length);
  if (done === states.length) {
    const ended = Date.parse(run?.finishedAt ?? props.createdAt);
    return (
      <span className="ml-2 ml-s12">
        {t('progress.all', { all, span: format.span((ended - began) / 1000) })}
      </span>
    );
  }
  return (
    <div className="ml-col">
      <span className="ml-row wrap ml-2 ml-s12">
        <span>
          {t('progress.step', {
            n: format.count(Math.min(done + 1, states.length)),
            all,
            span: format.span((now - began) / 1000),
          })}
        </span>
        {run?.usual && (
          <span className="ml-push">
            {t('progress.runUsual', {
              span: format.span(run.usual.seconds),
              n: format.count(run.usual.runs),
            })}
          </span>
        )}
      </span>
      <div
        className="ml-new-bar"
        role="progressbar"
        aria-label={t('progress.bar')}
        aria-valuemin={0}
        aria-valuemax={states.length}
        aria-valuenow={done}
      >
        <span style={{ inlineSize: `${(done / states.length) * 100}%` }} />
      </div>
    </div>
  );
}

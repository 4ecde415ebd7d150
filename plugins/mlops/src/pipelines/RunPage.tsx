import { Link, useParams } from 'react-router-dom';
import { RunDetail, isFinal } from '@mlops-portal/plugin-mlops-common';
import {
  Age,
  Figure,
  FigureStrip,
  LoadState,
  Moment,
  Page,
  State,
  StateShape,
} from '../components';
import {
  useActor,
  useFormat,
  useHub,
  useNow,
  useQueryState,
  useText,
} from '../hooks';
import { paths } from '../routes';
import { secondsOf } from './duration';
import { RunActs } from './RunActs';
import { StepPanel } from './StepPanel';
import { StepsCard } from './StepsCard';
import { telling } from './telling';
import { TrialsCard } from './trials/TrialsCard';

const LIVE_MS = 2000;
const STALE_MS = 60_000;

/** /ml/runs/:id: what happened in this run? */
export function RunPage() {
  const { id = '' } = useParams();
  const { t } = useText();
  const live = useHub(
    (hub, signal) => hub.getRun({ id }, { signal }),
    ['run', id],
    { refreshMs: LIVE_MS },
  );
  const run = live.value;
  return (
    <Page
      title={
        run ? t('run.title', { number: String(run.number) }) : t('noun.run')
      }
      crumbs={[
        { title: t('noun.pipelines'), href: paths.pipelines() },
        ...(run
          ? [{ title: run.pipeline, href: paths.pipeline(run.pipeline) }]
          : []),
      ]}
      state={run && <State state={run.state} pill />}
      meta={run && <Meta run={run} />}
      acts={run && <RunActs run={run} onChanged={live.refresh} />}
    >
      <LoadState
        of={live}
        what={`${t('noun.run')} ${run?.number ?? id}`}
        rows={8}
      >
        {value => <RunContent run={value} />}
      </LoadState>
    </Page>
  );
}

function RunContent(props: { run: RunDetail }) {
  const { t } = useText();
  const { run } = props;
  const [chosen, setChosen] = useQueryState('step');
  const step = run.steps.find(s => s.id === chosen) ?? telling(run.steps);
  return (
    <>
      {run.reason && (
        <div
          className={`ml-notice ${run.state === 'failed' ? 'bad' : ''}`}
          role="status"
        >
          <StateShape state={run.state} />
          <div>
            {run.state === 'failed'
              ? t('run.failedAt', { reason: run.reason })
              : run.reason}
          </div>
        </div>
      )}
      <RunFigures run={run} />
      <StepsCard run={run} selected={step?.id} onSelect={setChosen} />
      {step && (
        <StepPanel
          key={step.id}
          runId={run.id}
          step={step}
          index={run.steps.indexOf(step)}
          total={run.steps.length}
        />
      )}
      {run.trials.length > 0 && <TrialsCard run={run} />}
    </>
  );
}

function Meta(props: { run: RunDetail }) {
  const now = useNow();
  const { t, say } = useText();
  const format = useFormat();
  const actor = useActor();
  const { run } = props;
  const stale =
    !isFinal(run.state) &&
    run.observedAt !== undefined &&
    now - Date.parse(run.observedAt) > STALE_MS;
  return (
    <>
      <span>
        {t(run.startedAt ? 'run.started' : 'run.waitsSince')}{' '}
        <b>
          <Moment at={run.startedAt ?? run.createdAt} />
        </b>{' '}
        {t('runs.by', {
          actor:
            run.trigger === 'person'
              ? actor(run.actor)
              : say(`trigger.${run.trigger}`),
        })}
      </span>
      <span>
        {t('run.commit')} <code>{run.commit.slice(0, 7)}</code>
        {run.message && <b>{` “${run.message}”`}</b>}
      </span>
      {run.because && (
        <span>
          {t('run.because')} <b>{run.because}</b>
        </span>
      )}
      <span>
        {t('run.engine')} <b>{run.engine}</b>
        {stale && run.observedAt && (
          <>, {t('run.lastAnswer', { age: format.ago(run.observedAt) })}</>
        )}
      </span>
    </>
  );
}

function RunFigures(props: { run: RunDetail }) {
  useNow(5000);
  const { t, metricName } = useText();
  const format = useFormat();
  const { run } = props;
  const seconds = secondsOf(run);
  const done = run.steps.filter(s => s.state === 'succeeded').length;
  const cached = run.steps.filter(s => s.cached).length;
  return (
    <FigureStrip label={t('run.title', { number: String(run.number) })}>
      <Figure
        label={t('run.duration')}
        value={seconds === undefined ? t('common.none') : format.span(seconds)}
        unit={isFinal(run.state) ? undefined : t('run.soFar')}
        note={
          run.usual
            ? t('run.usually', {
                span: format.span(run.usual.seconds),
                n: format.count(run.usual.runs),
              })
            : t('run.noUsual')
        }
      />
      <Figure
        label={run.metric ? metricName(run.metric.name) : t('pipelines.metric')}
        value={run.metric ? format.metric(run.metric.value) : t('common.none')}
        note={
          run.metric
            ? t('run.metricOn', { metric: metricName(run.metric.name) })
            : t('run.metricNone')
        }
      />
      <Figure
        label={t('run.versionMade')}
        value={
          run.versionMade === undefined ? (
            t('run.noVersion')
          ) : (
            <Link
              className="ml-link"
              to={paths.version(run.pipeline, run.versionMade)}
            >
              v{run.versionMade}
            </Link>
          )
        }
        note={t(
          run.versionMade === undefined
            ? 'run.noVersionYet'
            : 'run.versionNote',
        )}
      />
      <Figure
        label={t('run.steps')}
        value={`${format.count(done)} / ${format.count(run.steps.length)}`}
        note={t('run.stepsNote', {
          done: format.count(done),
          cached: format.count(cached),
        })}
      />
      <Figure
        label={t('run.lastSeen')}
        value={run.observedAt ? <Age at={run.observedAt} /> : t('common.none')}
        note={run.engine}
      />
    </FigureStrip>
  );
}

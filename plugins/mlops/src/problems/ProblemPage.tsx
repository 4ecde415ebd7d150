import { useParams } from 'react-router-dom';
import { ProblemDetail, directionOf } from '@mlops-portal/plugin-mlops-common';
import { EntityLink } from '../catalog/EntityLink';
import { LoadState, Page, State } from '../components';
import { useFormat, useText } from '../hooks';
import { paths } from '../routes';
import { ProblemActs } from './ProblemActs';
import { ProblemOverview, useProblem } from './ProblemOverview';
import { useLoopTabs } from './useLoopTabs';

/** /ml/problems/:name */
export function ProblemPage() {
  const { name = '' } = useParams();
  const { t } = useText();
  const hub = useProblem(name);
  const tabs = useLoopTabs(name);
  const problem = hub.value;
  return (
    <Page
      title={problem?.title ?? name}
      crumbs={[{ title: t('noun.problems'), href: paths.problems() }]}
      state={problem && <State state={problem.health} pill />}
      meta={problem && <Meta problem={problem} />}
      acts={
        problem && <ProblemActs problem={problem} onChanged={hub.refresh} />
      }
      tabs={tabs}
    >
      <LoadState of={hub} what={`${t('noun.problem')} ${name}`} rows={8}>
        {value => <ProblemOverview problem={value} loadedAt={hub.loadedAt} />}
      </LoadState>
    </Page>
  );
}

function Meta(props: { problem: ProblemDetail }) {
  const { t, metricName, riskName } = useText();
  const format = useFormat();
  const { problem } = props;
  const { metric, clock } = problem;
  const bound =
    metric.target === null
      ? ''
      : t(
          directionOf(metric.name) === 'maximize'
            ? 'problems.atLeast'
            : 'problems.atMost',
          { value: format.score(metric.target) },
        );
  return (
    <>
      {problem.title !== problem.name && <code dir="ltr">{problem.name}</code>}
      <span>
        {t('problem.owner')} <EntityLink of={problem.owner} />
      </span>
      <span>
        {t('problem.primaryMetric')}{' '}
        <b>{`${metricName(metric.name)} ${bound}`}</b>
      </span>
      <span>
        {t('problem.riskClass')} <b>{riskName(problem.riskClass)}</b>
      </span>
      {problem.retrainingPaused && (
        <State state="paused">{t('problem.paused')}</State>
      )}
      {clock.kind === 'event' && (
        <span>
          {t('problem.replayed')} <b>{format.eventDate(clock.now)}</b>
        </span>
      )}
    </>
  );
}

import { ProblemDetail } from '@mlops-portal/plugin-mlops-common';
import { useEntity } from '@backstage/plugin-catalog-react';
import { LoadState, TabBody } from '../components';
import { HubValue, useHub, useText } from '../hooks';
import { About } from './About';
import { Activity } from './Activity';
import { Attention } from './Attention';
import { Loop } from './Loop';
import { MetricChart } from './MetricChart';
import { ProblemActs } from './ProblemActs';

const REFRESH_MS = 10_000;

export function useProblem(name: string): HubValue<ProblemDetail> {
  return useHub(
    (hub, signal) => hub.getProblem({ name }, { signal }),
    ['problem', name],
    { refreshMs: REFRESH_MS },
  );
}

/** Where does this problem stand? */
export function ProblemOverview(props: {
  problem: ProblemDetail;
  loadedAt?: number;
}) {
  const { problem } = props;
  return (
    <>
      <Loop problem={problem} loadedAt={props.loadedAt} />
      <div className="ml-wide">
        <MetricChart problem={problem} />
        <Attention items={problem.attention} />
      </div>
      <div className="ml-wide">
        <Activity name={problem.name} items={problem.activity} />
        <About problem={problem} />
      </div>
    </>
  );
}

/** The overview as the first tab of a problem's entity page. */
export function EntityProblemOverview() {
  const { entity } = useEntity();
  const { t } = useText();
  const hub = useProblem(entity.metadata.name);
  return (
    <TabBody>
      <LoadState of={hub} what={`${t('noun.problem')} ${entity.metadata.name}`}>
        {problem => (
          <>
            <div className="ml-row wrap">
              <ProblemActs problem={problem} onChanged={hub.refresh} />
            </div>
            <ProblemOverview problem={problem} loadedAt={hub.loadedAt} />
          </>
        )}
      </LoadState>
    </TabBody>
  );
}

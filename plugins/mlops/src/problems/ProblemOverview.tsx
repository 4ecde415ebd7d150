import { ReactNode } from 'react';
import { ProblemDetail } from '@mlops-portal/plugin-mlops-common';
import { HubValue, useHub } from '../hooks';
import { About } from './About';
import { Activity } from './Activity';
import { Attention } from './Attention';
import { Loop } from './Loop';
import { MetricChart } from './MetricChart';

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
  acts?: ReactNode;
  /** Title of the last card, where another one is called "About". */
  about?: string;
}) {
  const { problem } = props;
  return (
    <>
      <Loop problem={problem} loadedAt={props.loadedAt} acts={props.acts} />
      <div className="ml-wide">
        <MetricChart problem={problem} />
        <Attention items={problem.attention} />
      </div>
      <div className="ml-wide">
        <Activity name={problem.name} items={problem.activity} />
        <About problem={problem} title={props.about} />
      </div>
    </>
  );
}

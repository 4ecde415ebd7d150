import { EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';

const problemOverview = EntityContentBlueprint.make({
  name: 'problem-overview',
  params: {
    path: '/loop',
    title: 'Loop',
    group: 'overview',
    filter: { kind: 'mlproblem' },
    loader: () =>
      import('./problems/ProblemOverview').then(m => (
        <m.EntityProblemOverview />
      )),
  },
});

/** Tabs on the entity pages of problems, models, pipelines and endpoints. */
export const entityContents = [problemOverview];

import { EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';

const runs = EntityContentBlueprint.make({
  name: 'runs',
  params: {
    path: '/runs',
    title: 'Runs',
    group: 'development',
    filter: {
      $any: [
        { kind: 'mlproblem' },
        { kind: 'component', 'spec.type': 'ml-pipeline' },
      ],
    },
    loader: () =>
      import('./pipelines/PipelinePage').then(m => <m.EntityRuns />),
  },
});

const versions = EntityContentBlueprint.make({
  name: 'versions',
  params: {
    path: '/versions',
    title: 'Versions',
    group: 'development',
    filter: { $any: [{ kind: 'mlproblem' }, { kind: 'mlmodel' }] },
    loader: () =>
      import('./registry/ModelPage').then(m => <m.EntityVersions />),
  },
});

/** Tabs on the entity pages of problems, models, pipelines and endpoints. */
export const entityContents = [runs, versions];

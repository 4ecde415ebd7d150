import { EntityCardBlueprint } from '@backstage/plugin-catalog-react/alpha';
import {
  TYPE_APPLICATION,
  TYPE_ENDPOINT,
  TYPE_PIPELINE,
} from '@mlops-portal/plugin-mlops-common';

const problemCard = EntityCardBlueprint.make({
  name: 'problem',
  params: {
    type: 'content',
    filter: { kind: 'mlproblem' },
    loader: () => import('./ProblemCard').then(m => <m.ProblemCard />),
  },
});

const modelCard = EntityCardBlueprint.make({
  name: 'model',
  params: {
    type: 'content',
    filter: { kind: 'mlmodel' },
    loader: () => import('./ModelCard').then(m => <m.ModelCard />),
  },
});

const datasetCard = EntityCardBlueprint.make({
  name: 'dataset',
  params: {
    type: 'content',
    filter: { kind: 'mldataset' },
    loader: () => import('./DatasetCard').then(m => <m.DatasetCard />),
  },
});

const featureViewCard = EntityCardBlueprint.make({
  name: 'feature-view',
  params: {
    type: 'content',
    filter: { kind: 'mlfeatureview' },
    loader: () => import('./FeatureViewCard').then(m => <m.FeatureViewCard />),
  },
});

const endpointCard = EntityCardBlueprint.make({
  name: 'endpoint',
  params: {
    type: 'content',
    filter: { kind: 'api', 'spec.type': TYPE_ENDPOINT },
    loader: () => import('./EndpointCard').then(m => <m.EndpointCard />),
  },
});

const pipelineCard = EntityCardBlueprint.make({
  name: 'pipeline',
  params: {
    type: 'content',
    filter: { kind: 'component', 'spec.type': TYPE_PIPELINE },
    loader: () => import('./PipelineCard').then(m => <m.PipelineCard />),
  },
});

const applicationCard = EntityCardBlueprint.make({
  name: 'application',
  params: {
    type: 'content',
    filter: { kind: 'component', 'spec.type': TYPE_APPLICATION },
    loader: () => import('./ApplicationCard').then(m => <m.ApplicationCard />),
  },
});

/** What the overview of an entity shows first: the live state of what it stands for. */
export const catalogCards = [
  problemCard,
  modelCard,
  datasetCard,
  featureViewCard,
  endpointCard,
  pipelineCard,
  applicationCard,
];

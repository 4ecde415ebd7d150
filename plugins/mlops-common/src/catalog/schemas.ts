import { directionSchema, riskClassSchema } from '../vocabulary/states';
import {
  flag,
  object,
  oneOf,
  reference,
  references,
  specOf,
  text,
} from './fields';
import {
  CLASSIFICATIONS,
  KIND_DATASET,
  KIND_FEATURE_VIEW,
  KIND_MODEL,
  KIND_PROBLEM,
} from './kinds';

/** As long as the form lets an objective be. */
const MAX_OBJECTIVE = 500;
const MAX_URI = 2000;
/** An endpoint may carry a whole OpenAPI document. */
const MAX_DEFINITION = 1_000_000;

export const problemSchema = specOf(
  {
    objective: text('What is predicted and what for', MAX_OBJECTIVE),
    primaryMetric: object(
      {
        name: text('Metric by which versions are judged'),
        direction: oneOf(directionSchema.options, 'Which way is better'),
        target: { type: 'number', description: 'What is good enough' },
      },
      ['name', 'direction'],
    ),
    riskClass: oneOf(
      riskClassSchema.options,
      'What a wrong prediction may do; drives approval',
    ),
  },
  ['objective', 'primaryMetric', 'riskClass'],
);

export const datasetSchema = specOf(
  {
    source: object(
      {
        platform: text('Kind of store, such as file, s3, postgres'),
        uri: text('Where the data is', MAX_URI),
      },
      ['platform', 'uri'],
    ),
    classification: oneOf(CLASSIFICATIONS, 'How widely it may be shown'),
    personalData: flag('Whether rows can be tied to a person'),
    derivedFrom: references(
      [KIND_DATASET, KIND_FEATURE_VIEW, 'Resource'],
      'What it was made from',
    ),
    producedBy: reference(['Component'], 'What writes it'),
    live: flag('Whether new rows keep coming'),
    format: text('Such as parquet or csv'),
    license: text('Licence of the data'),
  },
  ['source', 'classification', 'personalData'],
);

export const featureViewSchema = specOf(
  {
    store: object(
      {
        platform: text('Feature store, such as feast'),
        project: text('Project in the store'),
        name: text('Name in the store'),
      },
      ['platform', 'project', 'name'],
    ),
    joinKeys: {
      type: 'array',
      minItems: 1,
      maxItems: 20,
      uniqueItems: true,
      items: text('Column that finds a row'),
    },
    online: flag('Whether it is served online'),
    offline: flag('Whether it has history for training'),
    derivedFrom: references(
      [KIND_DATASET, KIND_FEATURE_VIEW],
      'What it is computed from',
    ),
  },
  ['store', 'joinKeys'],
);

export const modelSchema = specOf(
  {
    registry: object(
      {
        provider: text('Registry that holds the versions'),
        name: text('Name in the registry'),
      },
      ['provider', 'name'],
    ),
    problem: reference([KIND_PROBLEM], 'Problem that it solves'),
    task: text('Such as binary, multiclass, regression'),
    trainedOn: references([KIND_DATASET], 'What it learns from'),
    evaluatedOn: references([KIND_DATASET], 'What it is judged on'),
    consumesFeatures: references([KIND_FEATURE_VIEW], 'Features that it reads'),
    trainedBy: references(['Component'], 'Pipelines that train it'),
    deployedAs: references(['API'], 'Endpoints that answer with it'),
    baseModel: text('Model that training starts from'),
    framework: text('Such as lightgbm'),
    license: text('Licence of the model'),
  },
  ['registry'],
);

/** API entities of type ml-endpoint: an endpoint names the model it answers with. */
export const endpointSchema = specOf(
  {
    definition: text('How to ask the endpoint', MAX_DEFINITION),
    deploys: references([KIND_MODEL], 'Models that it answers with'),
  },
  ['definition'],
);

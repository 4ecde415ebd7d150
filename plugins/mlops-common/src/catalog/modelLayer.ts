import {
  CatalogModelLayer,
  createCatalogModelLayer,
} from '@backstage/catalog-model/alpha';
import {
  KIND_DATASET,
  KIND_FEATURE_VIEW,
  KIND_MODEL,
  KIND_PROBLEM,
  ML_GROUP,
  ML_KINDS,
  ML_RELATIONS,
  TYPE_ENDPOINT,
} from './kinds';
import { JsonSchema } from './fields';
import {
  datasetSchema,
  endpointSchema,
  featureViewSchema,
  modelSchema,
  problemSchema,
} from './schemas';

type Builder = Parameters<
  Parameters<typeof createCatalogModelLayer>[0]['builder']
>[0];

/** Spec field -> relation and the kinds it may point to; the first kind may be left out of a reference. */
interface RelationField {
  field: string;
  relation: string;
  kinds: string[];
}

const COMMON_FIELDS: RelationField[] = [
  { field: 'owner', relation: 'ownedBy', kinds: ['Group', 'User'] },
  { field: 'system', relation: 'partOf', kinds: ['System'] },
];

interface KindDeclaration {
  kind: string;
  description: string;
  schema: JsonSchema;
  fields: RelationField[];
}

const KINDS: KindDeclaration[] = [
  {
    kind: KIND_PROBLEM,
    description: 'What a team wants to predict, and how good is good enough',
    schema: problemSchema,
    fields: [],
  },
  {
    kind: KIND_DATASET,
    description: 'Data that models learn from or are judged on',
    schema: datasetSchema,
    fields: [
      {
        field: 'derivedFrom',
        relation: 'derivedFrom',
        kinds: [KIND_DATASET, KIND_FEATURE_VIEW, 'Resource'],
      },
      { field: 'producedBy', relation: 'producedBy', kinds: ['Component'] },
    ],
  },
  {
    kind: KIND_FEATURE_VIEW,
    description: 'Features of a feature store, found by join keys',
    schema: featureViewSchema,
    fields: [
      {
        field: 'derivedFrom',
        relation: 'derivedFrom',
        kinds: [KIND_DATASET, KIND_FEATURE_VIEW],
      },
    ],
  },
  {
    kind: KIND_MODEL,
    description: 'A model with versions in a registry',
    schema: modelSchema,
    fields: [
      { field: 'problem', relation: 'solves', kinds: [KIND_PROBLEM] },
      { field: 'trainedOn', relation: 'trainedOn', kinds: [KIND_DATASET] },
      { field: 'evaluatedOn', relation: 'evaluatedOn', kinds: [KIND_DATASET] },
      {
        field: 'consumesFeatures',
        relation: 'consumesFeatures',
        kinds: [KIND_FEATURE_VIEW],
      },
      { field: 'trainedBy', relation: 'trainedBy', kinds: ['Component'] },
      { field: 'deployedAs', relation: 'deployedAs', kinds: ['API'] },
    ],
  },
];

const ENDPOINT_FIELDS: RelationField[] = [
  { field: 'deploys', relation: 'deploys', kinds: [KIND_MODEL] },
];

function relationFields(fields: RelationField[]) {
  return [...COMMON_FIELDS, ...fields].map(({ field, relation, kinds }) => ({
    selector: { path: `spec.${field}` },
    relation,
    defaultKind: kinds[0],
    defaultNamespace: 'inherit' as const,
    allowedKinds: kinds,
  }));
}

function addKinds(builder: Builder) {
  for (const { kind, description, schema, fields } of KINDS) {
    const singular = kind.toLocaleLowerCase('en-US');
    builder.addKind({
      group: ML_GROUP,
      names: { kind, singular, plural: `${singular}s` },
      description,
      versions: [
        {
          name: 'v1alpha1',
          relationFields: relationFields(fields),
          schema: { jsonSchema: schema },
        },
      ],
    });
  }
  builder.addKindVersion({
    kind: 'API',
    versions: [
      {
        name: ['v1alpha1', 'v1beta1'],
        specType: TYPE_ENDPOINT,
        description: 'An endpoint that answers predictions of a model',
        relationFields: relationFields(ENDPOINT_FIELDS),
        schema: { jsonSchema: endpointSchema },
      },
    ],
  });
}

/** Relation type -> from, to, title, title of the reverse, what it says. */
const RELATIONS: Record<
  keyof typeof ML_RELATIONS,
  [string | string[], string | string[], string, string, string]
> = {
  solves: [
    KIND_MODEL,
    KIND_PROBLEM,
    'solves',
    'solved by',
    'The problem that a model is for',
  ],
  trainedOn: [
    KIND_MODEL,
    KIND_DATASET,
    'trained on',
    'used to train',
    'Data that a model learns from',
  ],
  evaluatedOn: [
    KIND_MODEL,
    KIND_DATASET,
    'evaluated on',
    'used to evaluate',
    'Data that a model is judged on',
  ],
  consumesFeatures: [
    KIND_MODEL,
    KIND_FEATURE_VIEW,
    'consumes features',
    'features consumed by',
    'Features that a model reads',
  ],
  derivedFrom: [
    [KIND_DATASET, KIND_FEATURE_VIEW],
    [KIND_DATASET, KIND_FEATURE_VIEW, 'Resource'],
    'derived from',
    'source of',
    'What data is made from',
  ],
  trainedBy: [
    KIND_MODEL,
    'Component',
    'trained by',
    'trains',
    'Pipeline that makes the versions of a model',
  ],
  producedBy: [
    KIND_DATASET,
    'Component',
    'produced by',
    'produces',
    'What writes a dataset',
  ],
  deployedAs: [
    KIND_MODEL,
    'API',
    'deployed as',
    'deploys',
    'Endpoint that answers with a model',
  ],
};

function addRelations(builder: Builder) {
  // Owner and system are upstream's relations: the pairs below only add our kinds to them.
  builder.addRelationPair({
    fromKind: [...ML_KINDS],
    toKind: ['Group', 'User'],
    description: 'Who answers for an asset',
    forward: { type: 'ownedBy', title: 'owned by' },
    reverse: { type: 'ownerOf', title: 'owner of' },
  });
  builder.addRelationPair({
    fromKind: [...ML_KINDS],
    toKind: 'System',
    description: 'System that an asset belongs to',
    forward: { type: 'partOf', title: 'part of' },
    reverse: { type: 'hasPart', title: 'has part' },
  });
  for (const [type, pair] of Object.entries(RELATIONS)) {
    const [fromKind, toKind, title, reverseTitle, description] = pair;
    builder.addRelationPair({
      fromKind,
      toKind,
      description,
      forward: { type, title },
      reverse: {
        type: ML_RELATIONS[type as keyof typeof ML_RELATIONS],
        title: reverseTitle,
      },
    });
  }
}

/** Kinds, fields and relations of machine learning, to lie beside the catalog's own. */
export const mlopsModelLayer: CatalogModelLayer = createCatalogModelLayer({
  layerId: `${ML_GROUP}/machine-learning`,
  builder: builder => {
    addKinds(builder);
    addRelations(builder);
  },
});

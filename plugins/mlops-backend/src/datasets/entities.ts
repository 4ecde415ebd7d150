import {
  Entity,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import {
  KIND_DATASET,
  KIND_MODEL,
  ML_RELATIONS,
  MLDatasetEntity,
  MLFeatureViewEntity,
} from '@mlops-portal/plugin-mlops-common';

/** What the catalog says of any asset. */
interface AssetFacts {
  name: string;
  title: string;
  description?: string;
  owner: string;
  entityRef: string;
  lifecycle?: string;
  /** Names of the models that learn from it or take it. */
  models: string[];
}

export interface DatasetFacts extends AssetFacts {
  source: { platform: string; uri: string };
  classification?: string;
  personalData?: boolean;
  live?: boolean;
  format?: string;
  license?: string;
}

export interface ViewFacts extends AssetFacts {
  store?: { platform: string; project: string; name: string };
  joinKeys: string[];
  online: boolean;
  derivedFrom: string[];
}

export function datasetFacts(entity: Entity): DatasetFacts {
  const spec = (entity as MLDatasetEntity).spec ?? {};
  const { trainedOn, evaluatedOn } = ML_RELATIONS;
  return {
    ...assetFacts(entity, [trainedOn, evaluatedOn]),
    source: {
      platform: String(spec.source?.platform ?? ''),
      uri: String(spec.source?.uri ?? ''),
    },
    classification: spec.classification,
    personalData: spec.personalData,
    live: spec.live,
    format: spec.format,
    license: spec.license,
  };
}

export function viewFacts(entity: Entity): ViewFacts {
  const spec = (entity as MLFeatureViewEntity).spec ?? {};
  return {
    ...assetFacts(entity, [ML_RELATIONS.consumesFeatures]),
    store: spec.store,
    joinKeys: spec.joinKeys ?? [],
    online: spec.online ?? false,
    derivedFrom: targetsOf(entity, ['derivedFrom'], KIND_DATASET),
  };
}

function assetFacts(entity: Entity, consumedBy: string[]): AssetFacts {
  const { name, title, description } = entity.metadata;
  return {
    name,
    title: title ?? name,
    description,
    owner: String(entity.spec?.owner ?? ''),
    entityRef: stringifyEntityRef(entity),
    lifecycle: entity.spec?.lifecycle
      ? String(entity.spec.lifecycle)
      : undefined,
    models: targetsOf(entity, consumedBy, KIND_MODEL),
  };
}

function targetsOf(entity: Entity, types: string[], kind: string): string[] {
  const names = (entity.relations ?? [])
    .filter(({ type }) => types.includes(type))
    .map(({ targetRef }) => parseEntityRef(targetRef))
    .filter(target => target.kind.toLowerCase() === kind.toLowerCase())
    .map(({ name }) => name);
  return [...new Set(names)].sort();
}

import type { Entity } from '@backstage/catalog-model';
import type { Direction, RiskClass, Task } from '../vocabulary/states';

/** apiVersion group of our kinds. */
export const ML_GROUP = 'mlops-portal.io';
/** apiVersion of our kinds. */
export const ML_API_VERSION = `${ML_GROUP}/v1alpha1`;

export const KIND_PROBLEM = 'MLProblem';
export const KIND_DATASET = 'MLDataset';
export const KIND_FEATURE_VIEW = 'MLFeatureView';
export const KIND_MODEL = 'MLModel';
/** The four kinds of the portal, in the order of the loop. */
export const ML_KINDS = [
  KIND_PROBLEM,
  KIND_DATASET,
  KIND_FEATURE_VIEW,
  KIND_MODEL,
] as const;

/** `spec.type` of the Component that is a problem's training pipeline. */
export const TYPE_PIPELINE = 'ml-pipeline';
/** `spec.type` of a Component that asks an endpoint. */
export const TYPE_APPLICATION = 'ml-application';
/** `spec.type` of the API that answers predictions. */
export const TYPE_ENDPOINT = 'ml-endpoint';

/** Where an asset is in its life; the same list for every kind of ours. */
export const LIFECYCLES = [
  'proposed',
  'experimental',
  'staging',
  'production',
  'deprecated',
  'retired',
] as const;
export type Lifecycle = (typeof LIFECYCLES)[number];

/** How widely data may be shown. */
export const CLASSIFICATIONS = [
  'public',
  'internal',
  'confidential',
  'restricted',
] as const;
export type Classification = (typeof CLASSIFICATIONS)[number];

/** Relation types of our kinds; each has its reverse beside it. */
export const ML_RELATIONS = {
  solves: 'solvedBy',
  trainedOn: 'usedToTrain',
  evaluatedOn: 'usedToEvaluate',
  consumesFeatures: 'featuresConsumedBy',
  derivedFrom: 'sourceOf',
  trainedBy: 'trains',
  producedBy: 'produces',
  deployedAs: 'deploys',
} as const;

interface CommonSpec {
  [key: string]: any;
  type: string;
  lifecycle: Lifecycle;
  /** Reference to a group or user. */
  owner: string;
  system?: string;
}

/** What a team wants to predict, and how good is good enough. */
export interface MLProblemEntity extends Entity {
  kind: 'MLProblem';
  spec: CommonSpec & {
    objective: string;
    primaryMetric: { name: string; direction: Direction; target?: number };
    /** Drives the approval policy. */
    riskClass: RiskClass;
  };
}

/** A table, stream or set of files that models learn from. */
export interface MLDatasetEntity extends Entity {
  kind: 'MLDataset';
  spec: CommonSpec & {
    source: { platform: string; uri: string };
    classification: Classification;
    personalData: boolean;
    derivedFrom?: string[];
    producedBy?: string;
    /** True where new rows keep coming. */
    live?: boolean;
    format?: string;
    license?: string;
  };
}

/** Features of a feature store, found by join keys. */
export interface MLFeatureViewEntity extends Entity {
  kind: 'MLFeatureView';
  spec: CommonSpec & {
    store: { platform: string; project: string; name: string };
    joinKeys: string[];
    online?: boolean;
    offline?: boolean;
    derivedFrom?: string[];
  };
}

/** A model with versions in a registry; versions are rows of the hub, not entities. */
export interface MLModelEntity extends Entity {
  kind: 'MLModel';
  spec: CommonSpec & {
    registry: { provider: string; name: string };
    problem?: string;
    task?: Task | string;
    trainedOn?: string[];
    evaluatedOn?: string[];
    consumesFeatures?: string[];
    trainedBy?: string[];
    deployedAs?: string[];
    baseModel?: string;
    framework?: string;
    license?: string;
  };
}

function isKind(entity: Entity, kind: string): boolean {
  return (
    entity.apiVersion.startsWith(`${ML_GROUP}/`) &&
    entity.kind.toLocaleLowerCase('en-US') === kind.toLocaleLowerCase('en-US')
  );
}

export function isMLProblem(entity: Entity): entity is MLProblemEntity {
  return isKind(entity, KIND_PROBLEM);
}

export function isMLDataset(entity: Entity): entity is MLDatasetEntity {
  return isKind(entity, KIND_DATASET);
}

export function isMLFeatureView(entity: Entity): entity is MLFeatureViewEntity {
  return isKind(entity, KIND_FEATURE_VIEW);
}

export function isMLModel(entity: Entity): entity is MLModelEntity {
  return isKind(entity, KIND_MODEL);
}

import { Entity, parseEntityRef } from '@backstage/catalog-model';
import {
  KIND_MODEL,
  ML_RELATIONS,
  TYPE_ENDPOINT,
  TYPE_PIPELINE,
} from '@mlops-portal/plugin-mlops-common';

/** What the template appends to the name of the problem, where an entity does not say which model it belongs to. */
const SUFFIXES: Record<string, string> = {
  [TYPE_ENDPOINT]: '-endpoint',
  [TYPE_PIPELINE]: '-pipeline',
};
const RELATIONS: Record<string, string> = {
  [TYPE_ENDPOINT]: ML_RELATIONS.deployedAs,
  [TYPE_PIPELINE]: ML_RELATIONS.trainedBy,
};

/**
 * Name by which the hub knows what an entity stands for: problem, pipeline, model and endpoint carry one name there,
 * while in the catalog a pipeline and an endpoint have names of their own. They point to their model.
 */
export function loopNameOf(entity: Entity): string {
  const type = String(entity.spec?.type ?? '');
  const own = entity.metadata.name;
  if (type in RELATIONS) {
    const [model] = modelsOf(entity, RELATIONS[type]);
    const suffix = SUFFIXES[type];
    if (model) return model;
    return own.endsWith(suffix) ? own.slice(0, -suffix.length) : own;
  }
  const registry = entity.spec?.registry;
  if (isKind(entity, KIND_MODEL) && typeof registry === 'object')
    return String((registry as { name?: unknown }).name ?? own);
  return own;
}

function modelsOf(entity: Entity, relation: string): string[] {
  const names = (entity.relations ?? [])
    .filter(({ type }) => type === relation)
    .map(({ targetRef }) => parseEntityRef(targetRef))
    .filter(({ kind }) => kind.toLowerCase() === KIND_MODEL.toLowerCase())
    .map(({ name }) => name);
  return [...new Set(names)].sort();
}

function isKind(entity: Entity, kind: string): boolean {
  return entity.kind.toLowerCase() === kind.toLowerCase();
}

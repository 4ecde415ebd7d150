import { createHash } from 'node:crypto';
import type { Entity } from '@backstage/catalog-model';
import type { LocationSpec } from '@backstage/plugin-catalog-node';

/** Says why a document cannot become an entity. An entity with it is always refused. */
export const REFUSED_ANNOTATION = 'mlops-portal.io/refused';

/**
 * Stands for a document that cannot become an entity, so that the catalog refuses this one thing by
 * itself. An error of the file would hold back every other entity in it.
 *
 * @param kindOf - an entity of the same file: its kind is allowed at this location
 */
export function refusedDocument(
  location: LocationSpec,
  position: number,
  reason: string,
  kindOf: Entity,
): Entity {
  const file = createHash('sha256')
    .update(`${location.type}:${location.target}`)
    .digest('hex')
    .slice(0, 12);
  return {
    apiVersion: kindOf.apiVersion,
    kind: kindOf.kind,
    metadata: {
      name: `refused-document-${position}-of-${file}`,
      annotations: { [REFUSED_ANNOTATION]: reason },
    },
    spec: kindOf.spec?.type ? { type: kindOf.spec.type } : {},
  };
}

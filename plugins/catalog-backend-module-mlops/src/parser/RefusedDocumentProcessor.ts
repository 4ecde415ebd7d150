import type { Entity } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import type { CatalogProcessor } from '@backstage/plugin-catalog-node';
import { REFUSED_ANNOTATION } from './refusedDocument';

/** Refuses what `refusedDocument` made, with the reason it carries. */
export class RefusedDocumentProcessor implements CatalogProcessor {
  getProcessorName(): string {
    return 'mlops-refused-document';
  }

  /** Before the others, so that the reason shown is ours and not a missing field of the stand-in. */
  getPriority(): number {
    return 1;
  }

  async preProcessEntity(entity: Entity): Promise<Entity> {
    const reason = entity.metadata.annotations?.[REFUSED_ANNOTATION];
    if (reason) throw new InputError(reason);
    return entity;
  }
}

import {
  Entity,
  entityEnvelopeSchemaValidator,
} from '@backstage/catalog-model';
import { toError } from '@backstage/errors';
import {
  CatalogProcessorParser,
  CatalogProcessorResult,
  LocationSpec,
  parseEntityYaml,
  processingResult,
} from '@backstage/plugin-catalog-node';
import { refusedDocument } from './refusedDocument';

const validateEnvelope = entityEnvelopeSchemaValidator();

type Document = { entity: Entity } | { reason: string };

function read(result: CatalogProcessorResult): Document {
  if (result.type === 'error') return { reason: result.error.message };
  if (result.type !== 'entity') return { reason: 'holds no entity' };
  try {
    return { entity: validateEnvelope(result.entity) };
  } catch (error) {
    return { reason: toError(error).message };
  }
}

function placeOf(location: LocationSpec, position: number): string {
  return `Document ${position} of ${location.target}`;
}

/**
 * Reads a file of entities as the catalog does, but lets a broken document harm only itself: as long as
 * one document of the file is sound, the catalog takes it and refuses the broken one alone.
 */
export const tolerantParser: CatalogProcessorParser = async function* parse({
  data,
  location,
}) {
  const results = [...parseEntityYaml(data, location)];
  const documents = results.map(read);
  const sound = documents.find(d => 'entity' in d);
  if (!sound || !('entity' in sound)) {
    yield* results;
    return;
  }
  for (const [index, document] of documents.entries()) {
    if ('entity' in document) {
      yield processingResult.entity(location, document.entity);
    } else {
      const place = placeOf(location, index + 1);
      yield processingResult.entity(
        location,
        refusedDocument(
          location,
          index + 1,
          `${place} is refused: ${document.reason}`,
          sound.entity,
        ),
      );
    }
  }
};

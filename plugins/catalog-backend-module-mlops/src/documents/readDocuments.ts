import type {
  BackstageCredentials,
  UrlReaderService,
} from '@backstage/backend-plugin-api';
import { type Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { REFUSED_ANNOTATION } from '../parser/refusedDocument';
import { tolerantParser } from '../parser/tolerantParser';

/** What the catalog would take of a file, and what it would refuse, each with its reason. */
export interface Documents {
  entities: Array<{ kind: string; namespace: string; name: string }>;
  refused: Array<{
    /** Entity ref, or the place in the file where there is no name. */
    what: string;
    reason: string;
  }>;
}

/**
 * Reads a file of entities and asks the catalog of each by itself, where the catalog's own trial of a location
 * ends with the first one that is refused. Rejects when the file cannot be read or holds no document at all.
 */
export async function readDocuments(
  target: string,
  deps: {
    reader: UrlReaderService;
    catalog: CatalogService;
    credentials: BackstageCredentials;
    signal?: AbortSignal;
  },
): Promise<Documents> {
  const file = await deps.reader.readUrl(target, { signal: deps.signal });
  const location = { type: 'url', target };
  const documents: Documents = { entities: [], refused: [] };
  const data = await file.buffer();
  for await (const result of tolerantParser({ data, location })) {
    if (result.type === 'error')
      throw new InputError(`${target} holds no entity`, result.error);
    if (result.type !== 'entity') continue;
    const { entity } = result;
    const reason = await reasonAgainst(entity, target, deps);
    if (reason) documents.refused.push(reason);
    else documents.entities.push(refOf(entity));
  }
  return documents;
}

function refOf({ kind, metadata }: Entity) {
  const { namespace = 'default', name } = metadata;
  return { kind, namespace, name };
}

async function reasonAgainst(
  entity: Entity,
  target: string,
  deps: { catalog: CatalogService; credentials: BackstageCredentials },
): Promise<Documents['refused'][number] | undefined> {
  const broken = entity.metadata.annotations?.[REFUSED_ANNOTATION];
  if (broken) {
    const [place, ...rest] = broken.split(' is refused: ');
    return { what: place, reason: rest.join(' is refused: ') };
  }
  const answer = await deps.catalog.validateEntity(entity, `url:${target}`, {
    credentials: deps.credentials,
  });
  if (answer.valid) return undefined;
  return {
    what: stringifyEntityRef(entity),
    reason: answer.errors.map(({ message }) => plain(message)).join('; '),
  };
}

/** The catalog wraps the reason into the names of its own parts; people need the field and what it may hold. */
function plain(message: string): string {
  const field = /(\/[\w/]+) (must [^;]*?)(?: - errors: .*)?$/.exec(message);
  return field
    ? `${field[1].slice(1).replaceAll('/', '.')} ${field[2]}`
    : message;
}

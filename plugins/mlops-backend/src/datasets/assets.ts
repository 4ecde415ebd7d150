import { SourceRow } from './DatasetStore';
import { DatasetFacts } from './entities';

/** A dataset as people know it: an entity of the catalog, or a source that runs read without one. */
export interface DatasetAsset {
  name: string;
  facts?: DatasetFacts;
  sources: SourceRow[];
}

const MAX_NAME = 63;

/**
 * Which sources belong to which entity. An entity owns the sources at its uri; where several entities share a uri, each has
 * what the pipelines of its models read. A source elsewhere belongs to the one entity that its reader's model learns from,
 * as long as that reader reads nothing at the entity's own uri (the same table at another place). What is left stands alone.
 */
export function assetsOf(
  entities: DatasetFacts[],
  sources: SourceRow[],
): DatasetAsset[] {
  const assets = new Map<string, DatasetAsset>();
  for (const facts of entities) {
    if (!assets.has(facts.name)) {
      assets.set(facts.name, { name: facts.name, facts, sources: [] });
    }
  }
  const byPlace = groupBy(entities, ({ source: { uri } }) => [placeOf(uri)]);
  const byModel = groupBy(entities, ({ models }) => models);
  const left: SourceRow[] = [];
  for (const source of sources) {
    const owner = ownerByUri(byPlace.get(placeOf(source.source)), source);
    if (owner) assets.get(owner.name)!.sources.push(source);
    else left.push(source);
  }
  const taken = (name: string) => assets.has(name);
  for (const source of oldestFirst(left)) {
    const [owner, second] = (byModel.get(source.reader) ?? []).filter(
      ({ name }) =>
        !assets.get(name)!.sources.some(s => s.reader === source.reader),
    );
    const name = owner && !second ? owner.name : freeName(source, taken);
    const asset = assets.get(name) ?? { name, sources: [] };
    asset.sources.push(source);
    assets.set(name, asset);
  }
  return [...assets.values()];
}

function ownerByUri(
  there: DatasetFacts[] = [],
  { reader }: SourceRow,
): DatasetFacts | undefined {
  return there.find(({ models }) => models.includes(reader)) ?? there[0];
}

function groupBy(
  entities: DatasetFacts[],
  keysOf: (entity: DatasetFacts) => string[],
): Map<string, DatasetFacts[]> {
  const groups = new Map<string, DatasetFacts[]>();
  for (const entity of entities) {
    for (const key of keysOf(entity)) {
      const group = groups.get(key);
      if (group) group.push(entity);
      else groups.set(key, [entity]);
    }
  }
  return groups;
}

/** Times of first readings never change, so neither do the names that follow from them. */
function oldestFirst(sources: SourceRow[]): SourceRow[] {
  return [...sources].sort(
    (a, b) =>
      a.first_seen.localeCompare(b.first_seen) || a.id.localeCompare(b.id),
  );
}

function placeOf(uri: string): string {
  return uri.replace(/^file:(\/\/)?(?=\/)/, '').replace(/\/+$/, '');
}

/** `<reader>-data` as in repositories of the template; what comes second at one reader carries its id. */
function freeName(source: SourceRow, taken: (name: string) => boolean): string {
  const plain = nameOf(source.reader, '-data');
  return taken(plain)
    ? nameOf(source.reader, `-data-${source.id.slice(0, 6)}`)
    : plain;
}

function nameOf(reader: string, ending: string): string {
  const slug = reader
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_NAME - ending.length)
    .replace(/^-+|-+$/g, '');
  return `${slug || 'source'}${ending}`;
}

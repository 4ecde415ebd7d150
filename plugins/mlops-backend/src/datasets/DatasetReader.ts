import { NotFoundError } from '@backstage/errors';
import {
  Dataset,
  DatasetComparison,
  DatasetDetail,
  DatasetVersion,
  DatasetVersionDetail,
  UsedBy,
} from '@mlops-portal/plugin-mlops-common';
import { PipelinesSlice, ProblemsSlice, RegistrySlice } from '../slices';
import { assetsOf, DatasetAsset } from './assets';
import { compareColumns } from './compare';
import { DatasetStore, SourceRow } from './DatasetStore';
import { ignoredOf, profilesOf, schemaOf, VersionRow } from './datasetVersion';
import { datasetFacts } from './entities';
import { freshnessAt, Turns, turnsOf } from './freshness';
import { KeptEntities } from './KeptEntities';
import { changedSchema, countChanges } from './schemaChanges';

export interface DatasetReaderDeps {
  store: DatasetStore;
  entities: KeptEntities;
  pipelines: Pick<PipelinesSlice, 'getRun'>;
  problems: Pick<ProblemsSlice, 'list'>;
  registry: Pick<RegistrySlice, 'listVersions'>;
  now: () => Date;
}

/** A dataset before its versions are looked at: enough to filter and sort a list by. */
export type DatasetHead = Omit<Dataset, 'lastVersion' | 'versions'>;

/** The part of an asset that its versions are found by. */
export interface DatasetSummed {
  name: string;
  sources: Array<Pick<SourceRow, 'id' | 'source' | 'reader'>>;
}

export interface DatasetKnown {
  head: DatasetHead;
  asset: DatasetAsset;
  turns?: Turns;
}

/** Datasets of the catalog joined with what runs told of them. */
export class DatasetReader {
  constructor(private readonly deps: DatasetReaderDeps) {}

  /** Every dataset; `whole` is false where the catalog has not answered yet. */
  async heads(): Promise<{ items: DatasetKnown[]; whole: boolean }> {
    const schedules = await this.schedules();
    const whole = (await this.deps.entities.known()) !== undefined;
    const items = (await this.assets()).map(asset => ({
      asset,
      head: this.head(asset, schedules),
      turns: turnsOfAsset(asset, schedules),
    }));
    return { items, whole };
  }

  async summary(head: DatasetHead, asset: DatasetSummed): Promise<Dataset> {
    const ids = idsOf(asset);
    const page = await this.versions(asset, { limit: 1, offset: 0 }, ids);
    return { ...head, versions: page.total, lastVersion: page.items[0] };
  }

  async detail(name: string): Promise<DatasetDetail> {
    const asset = await this.asset(name);
    const { description, format, license, live } = asset.facts ?? {};
    const head = this.head(asset, await this.schedules());
    const summary = await this.summary(head, asset);
    return { ...summary, description, format, license, live };
  }

  async listVersions(name: string, page: { limit: number; offset: number }) {
    return await this.versions(await this.asset(name), page);
  }

  async version(name: string, id: string): Promise<DatasetVersionDetail> {
    const asset = await this.asset(name);
    const row = await this.row(asset, id);
    const before = await this.deps.store.before(idsOf(asset), row);
    return {
      ...(await this.view(asset, row, before)),
      schema: changedSchema(
        schemaOf(row),
        before && schemaOf(before),
        profilesOf(row),
      ),
      previous: before?.id,
      ignored: ignoredOf(row),
      trained: await this.trained(asset, row),
    };
  }

  async compare(name: string, ids: string[]): Promise<DatasetComparison> {
    const asset = await this.asset(name);
    const [before, after] = await Promise.all(
      ids.map(id => this.row(asset, id)),
    );
    const side = (row: VersionRow) => ({
      rows: row.rows,
      schema: schemaOf(row),
      profiles: profilesOf(row),
    });
    return {
      before: await this.view(asset, before),
      after: await this.view(asset, after, before),
      sameDigest: before.digest === after.digest,
      columns: compareColumns(side(before), side(after)),
    };
  }

  /** Datasets by name that a model's pipeline reads or that the catalog says it learns from. */
  async ofModel(model: string): Promise<string[]> {
    return (await this.assets())
      .filter(asset => modelsOf(asset).includes(model))
      .map(({ name }) => name);
  }

  /** Columns of the newest version; none where the dataset is not known. */
  async columnsOf(name: string): Promise<string[]> {
    const asset = (await this.assets()).find(known => known.name === name);
    if (!asset?.sources.length) return [];
    const newest = { limit: 1, offset: 0 };
    const { rows } = await this.deps.store.versions(idsOf(asset), newest);
    return rows.flatMap(row => schemaOf(row).map(column => column.name));
  }

  private async assets(): Promise<DatasetAsset[]> {
    const { entities, store } = this.deps;
    const known = (await entities.all()).map(datasetFacts);
    return assetsOf(known, await store.sources());
  }

  private async asset(name: string): Promise<DatasetAsset> {
    const found = (await this.assets()).find(asset => asset.name === name);
    if (found) return found;
    throw new NotFoundError(
      `there is no dataset ${name}: neither the catalog nor a run names it`,
    );
  }

  private async row(asset: DatasetAsset, id: string): Promise<VersionRow> {
    const row = await this.deps.store.version(idsOf(asset), id);
    if (row) return row;
    throw new NotFoundError(
      `the dataset ${asset.name} has no version ${id}: GET /datasets/${asset.name}/versions lists them`,
    );
  }

  /** Cron texts of the problems by name. */
  private async schedules(): Promise<Map<string, string>> {
    const problems = await this.deps.problems.list();
    return new Map(problems.map(p => [p.name, p.retraining.schedule]));
  }

  private head(
    asset: DatasetAsset,
    schedules: Map<string, string>,
  ): DatasetHead {
    const { name, facts, sources } = asset;
    return {
      name,
      title: facts?.title ?? titleOf(sources[0]),
      owner: facts?.owner ?? '',
      entityRef: facts?.entityRef,
      lifecycle: facts?.lifecycle,
      source: facts?.source ?? {
        platform: sources[0].namespace,
        uri: sources[0].source,
      },
      classification: facts?.classification,
      personalData: facts?.personalData,
      freshness: freshnessAt(turnsOfAsset(asset, schedules), this.deps.now()),
      usedBy: usedByOf(asset),
    };
  }

  private async versions(
    asset: DatasetSummed,
    page: { limit: number; offset: number },
    ids = idsOf(asset),
  ): Promise<{ items: DatasetVersion[]; total: number }> {
    if (!ids.length) return { items: [], total: 0 };
    // One more than asked for: the last one's changes are told against it.
    const { rows, total } = await this.deps.store.versions(ids, {
      ...page,
      limit: page.limit + 1,
    });
    const shown = rows.slice(0, page.limit);
    const items = shown.map((row, i) => this.view(asset, row, rows[i + 1]));
    return { items: await Promise.all(items), total };
  }

  private async view(
    asset: DatasetSummed,
    row: VersionRow,
    before?: VersionRow,
  ): Promise<DatasetVersion> {
    const source = asset.sources.find(({ id }) => id === row.source_id)!;
    const { from, to, rows } = row;
    return {
      id: row.id,
      digest: row.digest,
      source: source.source,
      reader: source.reader,
      window: { from, to, rows },
      columns: row.columns,
      profiled: row.profile !== null,
      firstSeen: row.first_seen,
      lastSeen: row.last_seen,
      run: { id: row.last_run, number: await this.runNumber(row.last_run) },
      schemaChanges: countChanges(schemaOf(row), before && schemaOf(before)),
    };
  }

  private async runNumber(id: string): Promise<number | undefined> {
    try {
      return (await this.deps.pipelines.getRun(id)).number;
    } catch (error) {
      if ((error as Error).name === 'NotFoundError') return undefined;
      throw error;
    }
  }

  /** Versions of models by the run that read this state; a run that took the reading from its cache by the digest, where that is one state only. */
  private async trained(
    asset: DatasetAsset,
    row: VersionRow,
  ): Promise<DatasetVersionDetail['trained']> {
    const { store, registry } = this.deps;
    const runs = new Set(await store.runsOf(row.id));
    const states = await store.countOfDigest(idsOf(asset), row.digest);
    const lists = await Promise.all(
      modelsOf(asset).map(model => registry.listVersions(model)),
    );
    return lists
      .flat()
      .filter(({ runId, dataVersion }) =>
        states === 1
          ? dataVersion === row.digest
          : runId !== undefined && runs.has(runId),
      )
      .map(({ model, version, aliases }) => ({ model, version, aliases }));
  }
}

function turnsOfAsset(
  { sources }: DatasetAsset,
  schedules: Map<string, string>,
): Turns | undefined {
  const lastSeen = sources
    .map(({ last_seen }) => last_seen)
    .sort()
    .at(-1);
  const readers = readersOf(sources);
  return turnsOf(
    lastSeen,
    readers.map(reader => schedules.get(reader) ?? ''),
  );
}

function idsOf(asset: DatasetSummed): string[] {
  return asset.sources.map(({ id }) => id);
}

function readersOf(sources: SourceRow[]): string[] {
  return [...new Set(sources.map(({ reader }) => reader))].sort();
}

/** A pipeline of ours carries the name of its model. */
export function modelsOf({ facts, sources }: DatasetAsset): string[] {
  return [...new Set([...(facts?.models ?? []), ...readersOf(sources)])];
}

function usedByOf({ facts, sources }: DatasetAsset): UsedBy[] {
  return [
    ...readersOf(sources).map(name => ({ kind: 'pipeline' as const, name })),
    ...(facts?.models ?? []).map(name => ({ kind: 'model' as const, name })),
  ];
}

function titleOf({ source }: SourceRow): string {
  return source.split('/').filter(Boolean).at(-1) ?? source;
}

import { NotFoundError } from '@backstage/errors';
import {
  Feature,
  FeatureView,
  FeatureViewDetail,
  Freshness,
  ReferenceProfile,
  referenceProfileSchema,
  UsedBy,
  Version,
  VersionDetail,
} from '@mlops-portal/plugin-mlops-common';
import { ProblemsSlice, RegistrySlice } from '../slices';
import { DatasetKnown, DatasetReader, modelsOf } from './DatasetReader';
import { viewFacts, ViewFacts } from './entities';
import { featuresOf } from './featuresOf';
import { freshnessAt, Turns } from './freshness';
import { KeptEntities } from './KeptEntities';

export interface FeatureViewReaderDeps {
  entities: KeptEntities;
  datasets: DatasetReader;
  problems: Pick<ProblemsSlice, 'list'>;
  registry: Pick<
    RegistrySlice,
    'listVersions' | 'modelNames' | 'champion' | 'getVersion' | 'readArtifact'
  >;
  now: () => Date;
}

/** A view of the catalog, or the features that a model takes without one. */
export interface ViewAsset {
  name: string;
  facts?: ViewFacts;
  models: string[];
}

/** A view before its models are asked: enough to filter and sort a list by. */
export interface ViewHead {
  asset: ViewAsset;
  /** Names of datasets. */
  derivedFrom: string[];
}

const STALEST: Array<Freshness['state']> = [
  'stale',
  'late',
  'no-data',
  'fresh',
];

/** Feature views of the catalog joined with the signatures and references of the models that take them. */
export class FeatureViewReader {
  constructor(private readonly deps: FeatureViewReaderDeps) {}

  /** Every view with the datasets behind it; `whole` is false where the catalog has not answered yet. */
  async heads(datasets: DatasetKnown[]): Promise<{
    items: Array<{ head: ViewHead; turns?: Turns }>;
    whole: boolean;
  }> {
    const byName = new Map(datasets.map(each => [each.head.name, each]));
    const byModel = new Map<string, string[]>();
    for (const { asset } of datasets) {
      for (const model of modelsOf(asset)) {
        byModel.set(model, [...(byModel.get(model) ?? []), asset.name]);
      }
    }
    const whole = (await this.deps.entities.known()) !== undefined;
    const items = (await this.assets()).map(asset => {
      const derivedFrom = asset.facts?.derivedFrom.length
        ? asset.facts.derivedFrom
        : [...new Set(asset.models.flatMap(model => byModel.get(model) ?? []))];
      const behind = derivedFrom.flatMap(name => byName.get(name) ?? []);
      return {
        head: { asset, derivedFrom },
        turns: behind.sort(stalestFirst)[0]?.turns,
      };
    });
    return { items, whole };
  }

  /** One of them with what its models tell. */
  async shown(head: ViewHead, freshness: Freshness): Promise<FeatureView> {
    return (await this.view(head.asset, head.derivedFrom, freshness)).view;
  }

  async detail(name: string): Promise<FeatureViewDetail> {
    const asset = (await this.assets()).find(known => known.name === name);
    if (!asset) {
      throw new NotFoundError(
        `there is no feature view ${name}: neither the catalog nor a model with a version names it`,
      );
    }
    const derivedFrom = await this.derivedFrom(asset);
    const { view, version } = await this.view(
      asset,
      derivedFrom,
      await this.freshness(derivedFrom),
    );
    const reference = version && (await this.reference(version));
    return {
      ...view,
      description: asset.facts?.description,
      schema: version ? await this.schema(view, version, reference) : [],
      reference: reference && {
        from: reference.from,
        to: reference.to,
        rows: reference.rows,
      },
      online: { connected: false, reason: 'no-store' },
    };
  }

  /** Entities first; a model with a version that no entity is consumed by stands for its own features. */
  private async assets(): Promise<ViewAsset[]> {
    const { entities, problems, registry } = this.deps;
    const known = (await entities.all()).map(viewFacts);
    const assets: ViewAsset[] = known.map(facts => ({
      name: facts.name,
      facts,
      models: facts.models,
    }));
    const taken = new Set(known.flatMap(({ models }) => models));
    const byName = new Map(assets.map(asset => [asset.name, asset]));
    const made = new Set(await registry.modelNames());
    for (const { name } of await problems.list()) {
      const view = `${name}-features`;
      const same = byName.get(view);
      if (same && !same.models.length) same.models = [name];
      if (same || taken.has(name)) continue;
      if (made.has(name)) assets.push({ name: view, models: [name] });
    }
    return assets;
  }

  private async view(
    asset: ViewAsset,
    derivedFrom: string[],
    freshness: Freshness,
  ): Promise<{ view: FeatureView; version?: VersionDetail }> {
    const { name, facts, models } = asset;
    const versions = await Promise.all(
      models.map(model => this.deps.registry.listVersions(model)),
    );
    const read = await this.readFrom(models, versions);
    return {
      version: read?.version,
      view: {
        name,
        title: facts?.title ?? name,
        owner: facts?.owner ?? '',
        entityRef: facts?.entityRef,
        lifecycle: facts?.lifecycle,
        store: facts?.store,
        joinKeys: facts?.joinKeys ?? [],
        features: read?.version.signature.inputs.length ?? null,
        readFrom: read && {
          model: read.version.model,
          version: read.version.version,
          champion: read.champion,
          madeAt: read.version.createdAt,
        },
        derivedFrom,
        freshness,
        usedBy: usedByOf(models, versions.flat()),
      },
    };
  }

  /** The version in production of the first model that has one, else the newest version. */
  private async readFrom(models: string[], versions: Version[][]) {
    const { registry } = this.deps;
    for (const model of models) {
      const champion = await registry.champion(model);
      if (champion) {
        const version = await registry.getVersion(model, champion.version);
        return { version, champion: true };
      }
    }
    const newest = versions.flatMap(list => list.slice(0, 1))[0];
    if (!newest) return undefined;
    const { model, version } = newest;
    return {
      version: await registry.getVersion(model, version),
      champion: false,
    };
  }

  private async derivedFrom({ facts, models }: ViewAsset): Promise<string[]> {
    if (facts?.derivedFrom.length) return facts.derivedFrom;
    const lists = await Promise.all(
      models.map(model => this.deps.datasets.ofModel(model)),
    );
    return [...new Set(lists.flat())];
  }

  /** Features are as fresh as the stalest data behind them. */
  private async freshness(datasets: string[]): Promise<Freshness> {
    const { items } = await this.deps.datasets.heads();
    const [stalest] = items
      .filter(({ head }) => datasets.includes(head.name))
      .sort(stalestFirst);
    return freshnessAt(stalest?.turns, this.deps.now());
  }

  private async schema(
    { derivedFrom }: FeatureView,
    version: VersionDetail,
    reference: ReferenceProfile | undefined,
  ): Promise<Feature[]> {
    const columns = new Map<string, string>();
    for (const dataset of derivedFrom) {
      for (const column of await this.deps.datasets.columnsOf(dataset)) {
        if (!columns.has(column)) columns.set(column, dataset);
      }
    }
    return featuresOf(version, reference, columns);
  }

  /** The frozen reference that the version travels with; undefined where it has none that can be read. */
  private async reference({
    model,
    version,
  }: VersionDetail): Promise<ReferenceProfile | undefined> {
    try {
      const file = 'profile.json';
      const content = await this.deps.registry.readArtifact(
        model,
        version,
        file,
      );
      const parsed = referenceProfileSchema.safeParse(
        JSON.parse(content.toString('utf8')),
      );
      return parsed.data;
    } catch {
      // The page says that there is no reference; the version's own page tells what is wrong with its artefact.
      return undefined;
    }
  }
}

function stalestFirst(a: DatasetKnown, b: DatasetKnown): number {
  const rank = ({ head }: DatasetKnown) =>
    STALEST.indexOf(head.freshness.state);
  return rank(a) - rank(b);
}

function usedByOf(models: string[], versions: Version[]): UsedBy[] {
  const endpoints = versions.flatMap(({ traffic }) =>
    traffic.map(({ endpoint }) => endpoint),
  );
  return [
    ...models.map(name => ({ kind: 'model' as const, name })),
    ...[...new Set(endpoints)]
      .sort()
      .map(name => ({ kind: 'endpoint' as const, name })),
  ];
}

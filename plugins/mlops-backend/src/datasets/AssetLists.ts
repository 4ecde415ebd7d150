import { Dataset, FeatureView } from '@mlops-portal/plugin-mlops-common';
import { AssetIndex, AssetQuery } from './AssetIndex';
import { DatasetHead, DatasetReader, DatasetSummed } from './DatasetReader';
import { FeatureViewReader, ViewHead } from './FeatureViewReader';

/** Longest that a list of this process is behind what another one was told. */
const TTL_MS = 5_000;

interface DatasetBody {
  head: Omit<DatasetHead, 'freshness'>;
  asset: DatasetSummed;
}

/** Pages of datasets and feature views from the index, which is brought up to date when it is asked and not fresh. */
export class AssetLists {
  private freshUntil = 0;
  private refreshing?: Promise<void>;

  constructor(
    private readonly deps: {
      index: AssetIndex;
      datasets: DatasetReader;
      views: FeatureViewReader;
      now: () => Date;
    },
  ) {}

  /** Something was told that the next list must show. */
  touch(): void {
    this.freshUntil = 0;
  }

  async listDatasets(
    query: AssetQuery,
  ): Promise<{ items: Dataset[]; total: number }> {
    const { index, datasets, now } = this.deps;
    await this.refresh();
    const page = await index.page<DatasetBody>('dataset', query, now());
    const items = page.items.map(({ body, freshness }) =>
      datasets.summary({ ...body.head, freshness }, body.asset),
    );
    return { items: await Promise.all(items), total: page.total };
  }

  async listFeatureViews(
    query: AssetQuery,
  ): Promise<{ items: FeatureView[]; total: number }> {
    const { index, views, now } = this.deps;
    await this.refresh();
    const page = await index.page<ViewHead>('feature-view', query, now());
    const items = page.items.map(({ body, freshness }) =>
      views.shown(body, freshness),
    );
    return { items: await Promise.all(items), total: page.total };
  }

  private async refresh(): Promise<void> {
    if (this.deps.now().getTime() < this.freshUntil) return;
    this.refreshing ??= this.write().finally(() => {
      this.refreshing = undefined;
    });
    await this.refreshing;
  }

  private async write(): Promise<void> {
    const { index, datasets, views, now } = this.deps;
    // Before it is read: what is told meanwhile is for the next time.
    this.freshUntil = now().getTime() + TTL_MS;
    try {
      const known = await datasets.heads();
      await index.replace<DatasetBody>(
        'dataset',
        known.items.map(({ head: { freshness, ...head }, asset, turns }) => ({
          name: head.name,
          owner: head.owner,
          words: [head.name, head.title, head.owner, head.source.uri],
          turns,
          body: {
            head,
            asset: {
              name: asset.name,
              sources: asset.sources.map(({ id, source, reader }) => ({
                id,
                source,
                reader,
              })),
            },
          },
        })),
        known,
      );
      const found = await views.heads(known.items);
      await index.replace<ViewHead>(
        'feature-view',
        found.items.map(({ head, turns }) => {
          const { name, facts } = head.asset;
          const owner = facts?.owner ?? '';
          const words = [name, facts?.title ?? name, owner];
          return { name, owner, words, turns, body: head };
        }),
        found,
      );
    } catch (error) {
      this.freshUntil = 0;
      throw error;
    }
  }
}

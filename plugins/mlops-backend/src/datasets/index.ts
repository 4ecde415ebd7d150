import { Entity } from '@backstage/catalog-model';
import { HubContext, SliceParts } from '../context';
import { Slices } from '../links';
import { EventConsumer, RunEvent } from '../openlineage/runEvent';
import { DatasetsSlice } from '../slices';
import { AssetIndex } from './AssetIndex';
import { AssetLists } from './AssetLists';
import { DatasetConsumer } from './DatasetConsumer';
import { DatasetReader } from './DatasetReader';
import { DatasetStore } from './DatasetStore';
import { FeatureViewReader } from './FeatureViewReader';
import { datasetHandlers, DatasetRouteId } from './handlers';
import { KeptEntities } from './KeptEntities';

const BATCH = 100;

export interface DatasetsDeps
  extends Pick<HubContext, 'knex'>,
    Pick<Slices, 'pipelines' | 'problems' | 'registry'> {
  entities: {
    datasets(): Promise<Entity[]>;
    featureViews(): Promise<Entity[]>;
  };
  /** Stored run events that tell a version of data, oldest first. */
  pastReads(page: { limit: number; offset: number }): Promise<RunEvent[]>;
  now: () => Date;
}

/** What only the hub's own parts may ask of datasets besides the interface. */
export interface DatasetsInside {
  /** Remembers what runs tell of the data they read. */
  consumer: EventConsumer;
}

/** Datasets with their versions, and feature views. */
export function createDatasetsSlice(
  deps: DatasetsDeps,
): SliceParts<DatasetsSlice & DatasetsInside, DatasetRouteId> {
  const { now } = deps;
  const store = new DatasetStore(deps.knex);
  const kept = (ask: () => Promise<Entity[]>) => new KeptEntities({ ask, now });
  const datasets = new DatasetReader({
    ...deps,
    store,
    entities: kept(deps.entities.datasets),
  });
  const views = new FeatureViewReader({
    ...deps,
    datasets,
    entities: kept(deps.entities.featureViews),
  });
  const lists = new AssetLists({
    index: new AssetIndex(deps.knex),
    datasets,
    views,
    now,
  });
  const told = new DatasetConsumer(store);
  const consumer: EventConsumer = {
    check: event => told.check(event),
    async take(event) {
      await told.take(event);
      lists.touch();
    },
  };
  return {
    slice: { ofModel: model => datasets.ofModel(model), consumer },
    handlers: datasetHandlers({ datasets, views, lists }),
    async start() {
      if (!(await store.hasSources())) await catchUp(deps, consumer);
    },
  };
}

/** Events that came before datasets were kept; taking one twice changes nothing. */
async function catchUp(
  { pastReads }: Pick<DatasetsDeps, 'pastReads'>,
  consumer: EventConsumer,
): Promise<void> {
  for (let offset = 0; ; offset += BATCH) {
    const events = await pastReads({ limit: BATCH, offset });
    for (const event of events) await consumer.take(event);
    if (events.length < BATCH) return;
  }
}

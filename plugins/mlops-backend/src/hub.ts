import express, { Request } from 'express';
import { catalogFacts } from './catalogFacts';
import { HubContext, SliceParts } from './context';
import { createDatasetsSlice } from './datasets';
import { createLineageSlice, LineageInside } from './lineage';
import { createLinks, Slices } from './links';
import {
  createPipelinesSlice,
  PipelinesInside,
  TrialsConsumer,
} from './pipelines';
import { createMonitoringSlice } from './monitoring';
import { DatabaseAlertStore } from './monitoring/DatabaseAlertStore';
import { platformHandlers } from './platform';
import { problemHandlers, ProblemFactsStore } from './problems';
import { RunEvent } from './openlineage/runEvent';
import { createRegistrySlice } from './registry';
import { createRetrainingSlice } from './retraining';
import { Handlers } from './router/handlers';
import { createServingSlice } from './serving';
import {
  canaryRules,
  keepDays,
  sourceRules,
  trafficBeforeApproval,
} from './settings';
import { createSourcesSlice } from './sources';
import { Loop } from './jobs/Loop';

type AnyParts = Partial<Pick<SliceParts<object, never>, 'start' | 'stop'>> & {
  handlers: Partial<Handlers>;
};

/** How often engines are asked what they are, so that the pages show a state that is not old. */
const ENGINE_CHECK_MS = 30_000;
/** How often rollouts are looked at. */
const ROLLOUT_MS = 1000;
const TIDY_MS = 3_600_000;

export interface Hub {
  handlers: Partial<Handlers>;
  /** Router of what is not JSON. */
  uploads(authorize: (request: Request) => Promise<void>): express.Router;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Puts the hub together: every slice, in one list, with what it uses. Slices see each other through `slices`, which may be
 * passed on before they are made but called only once the hub has started.
 */
export function createHub(context: HubContext): Hub {
  const { bind, slices } = createLinks();
  const { engines, knex, logger, config } = context;
  const catalog = catalogFacts(context);
  const now = () => new Date();
  const shared = { ...context, ...slices };

  // What slices ask of later ones beyond their interfaces; filled in below.
  const inside = {
    forgetModel: async (_name: string): Promise<void> => undefined,
    markRemoved: async (_name: string, _at: string): Promise<void> => undefined,
    dataVersionOf: async (_runId: string): Promise<string | undefined> =>
      undefined,
    pastReads: async (_page: {
      limit: number;
      offset: number;
    }): Promise<RunEvent[]> => [],
  };

  const problems = new ProblemFactsStore({
    knex,
    entities: catalog.problems,
    now,
  });
  bind('problems', problems);

  const pipelines = createPipelinesSlice({
    ...shared,
    inUse: name => inUse(slices, name),
    async forget(name) {
      await inside.forgetModel(name);
      await problems.remove(name);
      await inside.markRemoved(name, now().toISOString());
    },
  });
  bind('pipelines', pipelines.slice);

  const registry = createRegistrySlice({
    ...shared,
    dataVersionOf: runId => inside.dataVersionOf(runId),
  });
  bind('registry', registry.slice);
  inside.forgetModel = registry.slice.forget;

  const datasets = createDatasetsSlice({
    ...shared,
    entities: catalog,
    pastReads: page => inside.pastReads(page),
    now,
  });
  bind('datasets', datasets.slice);

  const lineage = createLineageSlice({
    ...shared,
    consumers: () => [
      new TrialsConsumer((id, facet) => pipelines.slice.noteTrials(id, facet)),
      registry.slice.consumer,
      datasets.slice.consumer,
    ],
  });
  bind('lineage', lineage.slice);
  inside.pastReads = lineage.slice.pastReads;
  inside.markRemoved = (name, at) => lineage.slice.markRemoved(name, at);
  inside.dataVersionOf = runId => dataVersionOf(pipelines, lineage, runId);

  const serving = createServingSlice({
    ...shared,
    registry: registry.slice,
    monitoring: () => slices.monitoring,
    engine: id => engines.get('serving', id),
    engineId: () => engines.get('serving').id,
    metrics: () =>
      engines.has('metrics') ? engines.get('metrics') : undefined,
    consumers: catalog.consumers,
    freeShares: trafficBeforeApproval(config),
    rules: canaryRules(config),
    now,
  });
  bind('serving', serving.slice);
  const rollouts = new Loop({
    name: 'moving rollouts',
    everyMs: ROLLOUT_MS,
    logger,
    work: serving.tick,
  });

  const monitoring = createMonitoringSlice({
    ...shared,
    home: context.home,
    keepDays: keepDays(config),
  });
  bind('monitoring', monitoring.slice);

  const retraining = createRetrainingSlice(shared);
  bind('retraining', retraining.slice);

  const sources = createSourcesSlice(sourceRules(config, context.home));

  const alerts = new DatabaseAlertStore(knex);
  const pages = problemHandlers({
    ...slices,
    listApprovals: filter => registry.slice.listApprovals(filter),
    listAlerts: async filter =>
      (await alerts.list({ ...filter, limit: 200, offset: 0 })).items,
    listAllRuns: filter => pipelines.slice.listAllRuns(filter),
    listAudit: (name, limit) => context.audit.about(name, limit),
    repository: name => pipelines.slice.repository(name),
    now,
  });

  const engineCheck = new Loop({
    name: 'asking the engines',
    everyMs: ENGINE_CHECK_MS,
    logger,
    work: async signal => void (await engines.check(signal)),
  });

  const tidying = new Loop({
    name: 'tidying up',
    everyMs: TIDY_MS,
    logger,
    async work() {
      await context.leases.sweep();
      await context.outbox.sweep();
    },
  });

  const parts: AnyParts[] = [
    { handlers: platformHandlers(context) },
    { handlers: pages },
    { handlers: sources.handlers },
    lineage,
    datasets,
    pipelines,
    registry,
    monitoring,
    retraining,
    {
      handlers: serving.handlers,
      start: () => rollouts.start(),
      stop: () => rollouts.stop(),
    },
  ];
  return {
    handlers: Object.assign({}, ...parts.map(part => part.handlers)),
    uploads: sources.uploads,
    async start() {
      for (const part of parts) await part.start?.();
      context.outbox.start();
      engineCheck.start();
      tidying.start();
    },
    async stop() {
      const background = [engineCheck, tidying, context.outbox, ...parts];
      await Promise.all(background.map(part => part.stop?.()));
    },
  };
}

/** Digest of the data behind a run: as its steps told it, or as the runs did whose steps it took from the cache. */
async function dataVersionOf(
  pipelines: { slice: PipelinesInside },
  lineage: { slice: LineageInside },
  runId: string,
): Promise<string | undefined> {
  const told = await lineage.slice.dataVersionOf(runId);
  if (told) return told;
  for (const other of await pipelines.slice.cachedFrom(runId)) {
    const known = await lineage.slice.dataVersionOf(other);
    if (known) return known;
  }
  return undefined;
}

/** Why a problem cannot be taken back, undefined when it can. */
async function inUse(
  { serving }: Pick<Slices, 'serving'>,
  name: string,
): Promise<string | undefined> {
  const endpoints = await serving.listEndpoints();
  const using = endpoints.find(({ revisions }) =>
    revisions.some(revision => revision.model === name),
  );
  const version = using?.revisions.find(r => r.model === name)?.version;
  return (
    using &&
    `version ${version} of it is in the endpoint ${using.name}: retire that first`
  );
}

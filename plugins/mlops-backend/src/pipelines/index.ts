import {
  RepositoryView,
  Run,
  WorkState,
} from '@mlops-portal/plugin-mlops-common';
import { HubContext, SliceParts } from '../context';
import { Slices } from '../links';
import { PipelinesSlice } from '../slices';
import { cachedFrom } from './cachedFrom';
import { pipelineHandlers, PipelineRouteId } from './handlers';
import { PipelineStore } from './PipelineStore';
import { RepositoryService } from './RepositoryService';
import { RepositoryStore } from './RepositoryStore';
import { RunService } from './RunService';
import { RunStore } from './RunStore';
import { RunWorker } from './RunWorker';
import { portalAccess } from './stepEnvironment';
import { TrialsFacet, TrialStore } from './TrialStore';

export { TrialsConsumer } from './TrialsConsumer';
export type { TrialsFacet } from './TrialStore';

export interface PipelinesDeps
  extends Pick<
      HubContext,
      'knex' | 'engines' | 'effects' | 'leases' | 'config' | 'logger'
    >,
    Pick<Slices, 'registry' | 'retraining' | 'problems'> {
  /** Why a problem cannot be taken back, undefined when it can. */
  inUse(name: string): Promise<string | undefined>;
  /** Removes what the other slices know of a problem that is taken back. */
  forget(name: string): Promise<void>;
  pollMs?: number;
}

/** What only the hub's own parts may ask of the pipelines slice besides its interface. */
export interface PipelinesInside {
  /** Trials that a run reported. */
  noteTrials(runId: string, facet: TrialsFacet): Promise<void>;
  /** Earlier runs, newest first, that made what steps of this run took from the cache. */
  cachedFrom(runId: string): Promise<string[]>;
  listAllRuns(filter: { state?: WorkState }): Promise<Run[]>;
  repository(name: string): Promise<RepositoryView>;
}

/** Repositories, CI, compiled pipelines and their runs. */
export function createPipelinesSlice(
  deps: PipelinesDeps,
): SliceParts<PipelinesSlice & PipelinesInside, PipelineRouteId> {
  const { knex, engines } = deps;
  const runs = new RunStore(knex);
  const pipelines = new PipelineStore(knex);
  const trials = new TrialStore(knex);
  const repositories = new RepositoryService({
    ...deps,
    repositories: new RepositoryStore(knex),
    async forget(name) {
      await deps.forget(name);
      await pipelines.remove(name);
    },
  });
  const worker: RunWorker = new RunWorker({
    ...deps,
    pipelines,
    runs,
    access: portalAccess(deps.config),
    cloneUrl: name => repositories.cloneUrl(name),
    ended: () => worker.wake(),
  });
  const service = new RunService({
    ...deps,
    pipelines,
    runs,
    trials,
    wake: () => worker.wake(),
  });
  return {
    slice: {
      startRun: request => service.start(request),
      getRun: id => service.get(id),
      activeRun: pipeline => runs.active(pipeline),
      listRuns: async (pipeline, limit) =>
        (await runs.list({ pipeline, limit, offset: 0 })).items,
      hasPipeline: pipeline => pipelines.has(pipeline),
      noteVersion: (runId, version, metric) =>
        runs.setVersion(runId, version, metric),
      noteTrials: (runId, facet) => trials.put(runId, facet),
      cachedFrom: runId => cachedFrom(runs, runId),
      listAllRuns: async filter =>
        (await runs.list({ ...filter, limit: 100, offset: 0 })).items,
      repository: name => repositories.get(name, new AbortController().signal),
    },
    handlers: pipelineHandlers({
      ...deps,
      repositories,
      pipelines,
      runs,
      service,
      putPolicy: (name, text, commit) =>
        deps.problems.putPolicy(name, text, commit),
      engineId: () =>
        engines.has('pipelines') ? engines.get('pipelines').id : 'none',
    }),
    start: () => worker.start(),
    stop: () => worker.stop(),
  };
}

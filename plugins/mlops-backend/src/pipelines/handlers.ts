import { RetrainingSlice } from '../slices';
import { SliceHandlers } from '../router/handlers';
import { parametersOf } from './ir';
import { PipelineRow, PipelineStore } from './PipelineStore';
import { RepositoryService } from './RepositoryService';
import { RunService } from './RunService';
import { RunStore } from './RunStore';

export type PipelineRouteId =
  | 'listPipelines'
  | 'putPipelineVersion'
  | 'startRun'
  | 'listRuns'
  | 'listAllRuns'
  | 'getRun'
  | 'stopRun'
  | 'rerun'
  | 'getStepLog'
  | 'getRepository'
  | 'createRepository'
  | 'deleteRepository'
  | 'listCiPipelines'
  | 'getRepositoryDiff'
  | 'getCiLog';

export interface PipelineHandlerDeps {
  repositories: RepositoryService;
  pipelines: PipelineStore;
  runs: RunStore;
  service: RunService;
  retraining: Pick<RetrainingSlice, 'paused'>;
  putPolicy(name: string, text: string, commit: string): Promise<void>;
  engineId(): string;
}

export function pipelineHandlers(
  deps: PipelineHandlerDeps,
): SliceHandlers<PipelineRouteId> {
  return { ...runHandlers(deps), ...repositoryHandlers(deps) };
}

function runHandlers(deps: PipelineHandlerDeps) {
  const { pipelines, runs, service } = deps;
  const handlers: SliceHandlers<
    | 'listPipelines'
    | 'putPipelineVersion'
    | 'startRun'
    | 'listRuns'
    | 'listAllRuns'
    | 'getRun'
    | 'stopRun'
    | 'rerun'
    | 'getStepLog'
  > = {
    async listPipelines({ query }) {
      const { items, total } = await pipelines.list(query);
      const views = items.map(row => pipelineView(deps, row));
      return { items: await Promise.all(views), total };
    },
    async putPipelineVersion({ params: { name, commit }, body }) {
      if (!(await pipelines.hasVersion(name, commit))) {
        parametersOf(body.ir);
        if (body.problem) await deps.putPolicy(name, body.problem, commit);
        const { ir, message } = body;
        await pipelines.put({ pipeline: name, commit, ir, message });
      }
      return { name, commit };
    },
    async startRun({ params, body }, { actor }) {
      return await service.start({ ...body, pipeline: params.name, actor });
    },
    async listRuns({ params, query }) {
      return await runs.list({ ...query, pipeline: params.name });
    },
    async listAllRuns({ query }) {
      return await runs.list(query);
    },
    async getRun({ params }) {
      return await service.detail(params.id);
    },
    async stopRun({ params, body }, { actor }) {
      return await service.stop(params.id, actor, body.reason);
    },
    async rerun({ params, body }, { actor }) {
      return await service.rerun(params.id, { ...body, actor });
    },
    async getStepLog({ params, query }, { signal }) {
      return await service.stepLog({ ...params, ...query }, signal);
    },
  };
  return handlers;
}

function repositoryHandlers({ repositories }: PipelineHandlerDeps) {
  const handlers: SliceHandlers<
    | 'getRepository'
    | 'createRepository'
    | 'deleteRepository'
    | 'listCiPipelines'
    | 'getRepositoryDiff'
    | 'getCiLog'
  > = {
    async getRepository({ params }, { signal }) {
      return await repositories.get(params.name, signal);
    },
    async createRepository({ body }, caller) {
      return await repositories.create(body, caller);
    },
    async deleteRepository({ params, query }, { signal }) {
      const { name } = params;
      const key = query.idempotencyKey;
      return { deleted: await repositories.remove(name, key, signal) };
    },
    async listCiPipelines({ params, query }, { signal }) {
      return await repositories.listCi(params.name, query, signal);
    },
    async getRepositoryDiff({ params, query }, { signal }) {
      return await repositories.diff(params.name, query, signal);
    },
    async getCiLog({ params, query }, { signal }) {
      return await repositories.ciLog({ ...params, ...query }, signal);
    },
  };
  return handlers;
}

async function pipelineView(deps: PipelineHandlerDeps, row: PipelineRow) {
  const [last, paused] = await Promise.all([
    deps.runs.list({ pipeline: row.name, limit: 1, offset: 0 }),
    deps.retraining.paused(row.name),
  ]);
  return {
    name: row.name,
    engine: last.items[0]?.engine ?? deps.engineId(),
    latestCommit: row.latest_commit,
    lastRun: last.items[0],
    runs: last.total,
    paused,
  };
}

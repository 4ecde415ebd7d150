import { NotFoundError } from '@backstage/errors';
import { mockServices } from '@backstage/backend-test-utils';
import { Run } from '@mlops-portal/plugin-mlops-common';
import { Knex } from 'knex';
import { FACTS } from '../../monitoring/__testUtils__/monitoringBench';
import {
  MonitoringSlice,
  PipelinesSlice,
  ProblemsSlice,
  RetrainingQuestion,
  StartRunRequest,
} from '../../slices';
import { LeaseStore } from '../../jobs/LeaseStore';
import { createRetrainingSlice } from '..';

export const context = {
  actor: 'user:default/ada',
  credentials: {} as never,
  signal: new AbortController().signal,
};

/** The retraining slice on a real database; pipelines keep the runs they were asked for, one per key. */
export function retrainingBench(knex: Knex) {
  const runs = new Map<string, Run & { request: StartRunRequest }>();
  const set = {
    facts: { ...FACTS, name: 'flights' },
    pipeline: true,
    active: undefined as Run | undefined,
    failWith: undefined as Error | undefined,
    clock: {
      kind: 'event' as 'event' | 'wall',
      now: '2001-05-20T12:00:00.000Z',
    },
    now: '2026-11-24T10:00:00.000Z',
  };
  const parts = createRetrainingSlice({
    knex,
    leases: new LeaseStore(knex),
    logger: mockServices.logger.mock(),
    now: () => new Date(set.now),
    problems: {
      facts: async (name: string) => {
        if (name !== 'flights') throw new NotFoundError(name);
        return set.facts;
      },
      list: async () => [set.facts],
    } as unknown as ProblemsSlice,
    pipelines: {
      hasPipeline: async () => set.pipeline,
      activeRun: async () => set.active,
      getRun: async (id: string) => [...runs.values()].find(r => r.id === id),
      startRun: async (request: StartRunRequest) => {
        if (set.failWith) throw set.failWith;
        const known = runs.get(request.idempotencyKey);
        if (known) return known;
        const number = runs.size + 1;
        const run = { id: `run-${number}`, number, request } as Run & {
          request: StartRunRequest;
        };
        runs.set(request.idempotencyKey, run);
        return run;
      },
    } as unknown as PipelinesSlice,
    monitoring: {
      summary: async () => ({ clock: set.clock }),
    } as unknown as MonitoringSlice,
  });
  const alert = (
    window: string,
    windowsOver: number,
    end: string,
  ): RetrainingQuestion => ({
    problem: 'flights',
    trigger: 'alert',
    key: `alert/flights/1/drift/${window}`,
    eventTime: `${end}T00:00:00.000Z`,
    until: end,
    actor: 'policy',
    alertId: 'a1',
    alert: {
      kind: 'drift',
      subject: 'recent_delay',
      windowsOver,
      score: 0.306,
      limit: 0.2,
      window,
    },
  });
  return {
    ...parts,
    set,
    runs: () => [...runs.values()],
    alert,
    retrain: (idempotencyKey: string, until?: string) =>
      parts.handlers.retrain(
        {
          params: { problem: 'flights' },
          query: {},
          body: { reason: 'new airports', idempotencyKey, until },
        },
        context,
      ),
    pause: (paused: boolean) =>
      parts.handlers.pauseRetraining(
        {
          params: { problem: 'flights' },
          query: {},
          body: { paused, reason: 'holidays' },
        },
        context,
      ),
    view: () =>
      parts.handlers.getRetraining(
        { params: { problem: 'flights' }, query: {}, body: {} },
        context,
      ),
    round: () => parts.tick(new AbortController().signal),
  };
}

import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import { mockServices } from '@backstage/backend-test-utils';
import { Run } from '@mlops-portal/plugin-mlops-common';
import { Knex } from 'knex';
import { eachDatabase } from '../database/__testUtils__/eachDatabase';
import { FACTS } from '../monitoring/__testUtils__/monitoringBench';
import {
  MonitoringSlice,
  PipelinesSlice,
  ProblemsSlice,
  RetrainingQuestion,
  StartRunRequest,
} from '../slices';
import { LeaseStore } from '../jobs/LeaseStore';
import { createRetrainingSlice } from '.';

jest.setTimeout(120_000);

const context = {
  actor: 'user:default/ada',
  credentials: {} as never,
  signal: new AbortController().signal,
};

/** The retraining slice on a real database; pipelines keep the runs they were asked for, one per key. */
function bench(knex: Knex) {
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

eachDatabase(open => {
  it('waits for enough windows, then starts one run to the end of the judged window', async () => {
    const hub = bench(await open());
    const first = await hub.slice.consider(
      hub.alert('2001-04-23', 1, '2001-04-30'),
    );
    expect(first).toMatchObject({ outcome: 'wait', cause: 'more-windows' });
    const second = await hub.slice.consider(
      hub.alert('2001-04-30', 2, '2001-05-07'),
    );
    expect(second).toMatchObject({
      outcome: 'start',
      runId: 'run-1',
      runNumber: 1,
      alertId: 'a1',
      because: expect.stringMatching(/recent_delay drifts: 0\.306/),
    });
    expect(hub.runs().map(({ request }) => request)).toEqual([
      {
        pipeline: 'flights',
        trigger: 'alert',
        because: second.because,
        parameters: { until: '2001-05-07' },
        cache: true,
        idempotencyKey: `decision-${second.id}`,
        actor: 'policy',
        decisionId: second.id,
      },
    ]);
    const third = await hub.slice.consider(
      hub.alert('2001-05-07', 3, '2001-05-13'),
    );
    expect(third).toMatchObject({ outcome: 'wait', cause: 'cool-down' });
    expect(
      (await hub.view()).decisions.map(({ outcome }) => outcome).sort(),
    ).toEqual(['start', 'wait', 'wait']);
  });

  it('decides on the same thing once, whoever asks and however often', async () => {
    const hub = bench(await open());
    const question = hub.alert('2001-04-30', 2, '2001-05-07');
    const answers = await Promise.all([
      hub.slice.consider(question),
      hub.slice.consider(question),
      hub.slice.consider(question),
    ]);
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect(hub.runs()).toHaveLength(1);
  });

  it('starts one run only when two causes meet', async () => {
    const hub = bench(await open());
    hub.set.failWith = new Error('the engine is away');
    const both = await Promise.all([
      hub.retrain('key-of-ada'),
      hub.slice.consider(hub.alert('2001-04-30', 2, '2001-05-07')),
    ]);
    expect(both.map(({ outcome }) => outcome).sort()).toEqual([
      'start',
      'wait',
    ]);
    hub.set.failWith = undefined;
    await hub.round();
    expect(hub.runs()).toHaveLength(1);
  });

  it('starts the run of a stored decision after a restart, with the same key', async () => {
    const knex = await open();
    const before = bench(knex);
    before.set.failWith = new Error('killed at this point');
    const decision = await before.slice.consider(
      before.alert('2001-04-30', 2, '2001-05-07'),
    );
    expect(decision).toMatchObject({ outcome: 'start', runId: undefined });
    const after = bench(knex);
    await after.round();
    await after.round();
    expect(after.runs().map(({ request }) => request.idempotencyKey)).toEqual([
      `decision-${decision.id}`,
    ]);
    expect((await after.view()).decisions[0].runId).toBe('run-1');
  });

  it('says why a run could not be started and does not try for ever', async () => {
    const hub = bench(await open());
    hub.set.failWith = new InputError('the pipeline has no parameter until');
    const decision = await hub.retrain('key-of-ada');
    expect(decision.because).toMatch(
      /could not be started: the pipeline has no parameter until/,
    );
    hub.set.failWith = undefined;
    await hub.round();
    expect(hub.runs()).toEqual([]);
    // It was in vain, so nothing cools down.
    const next = await hub.slice.consider(
      hub.alert('2001-04-30', 2, '2001-05-07'),
    );
    expect(next.outcome).toBe('start');
  });

  it('retrains on the word of a person, past the cool-down, until the day of the replay', async () => {
    const hub = bench(await open());
    await hub.slice.consider(hub.alert('2001-04-30', 2, '2001-05-07'));
    const asked = await hub.retrain('key-of-ada');
    expect(asked).toMatchObject({
      outcome: 'start',
      actor: 'user:default/ada',
      because: 'user:default/ada asked: new airports',
    });
    expect(hub.runs()[1].request).toMatchObject({
      actor: 'user:default/ada',
      parameters: { until: '2001-05-20' },
    });
    expect((await hub.retrain('key-of-ada')).id).toBe(asked.id);
    hub.set.active = { number: 2 } as Run;
    expect(await hub.retrain('another-key')).toMatchObject({
      outcome: 'wait',
      cause: 'run-active',
    });
  });

  it('learns live data and tables without time to their end', async () => {
    const hub = bench(await open());
    hub.set.clock = { kind: 'wall', now: hub.set.now };
    await hub.retrain('key-number-1');
    hub.set.facts = { ...hub.set.facts, time: null };
    await hub.retrain('key-number-2', '2001-05-01');
    expect(hub.runs().map(({ request }) => request.parameters)).toEqual([
      {},
      {},
    ]);
  });

  it('ignores policy while paused, with who and why, and goes on afterwards', async () => {
    const hub = bench(await open());
    expect(await hub.pause(true)).toMatchObject({
      paused: true,
      pausedBy: 'user:default/ada',
      pausedReason: 'holidays',
    });
    expect(await hub.slice.paused('flights')).toBe(true);
    expect(
      await hub.slice.consider(hub.alert('2001-04-30', 2, '2001-05-07')),
    ).toMatchObject({ outcome: 'ignore', cause: 'paused' });
    expect(await hub.pause(false)).toMatchObject({ paused: false });
    expect(
      await hub.slice.consider(hub.alert('2001-05-07', 3, '2001-05-14')),
    ).toMatchObject({ outcome: 'start' });
  });

  it('follows the schedule of the policy once for each time it is due', async () => {
    const hub = bench(await open());
    hub.set.facts = {
      ...hub.set.facts,
      retraining: { ...hub.set.facts.retraining, schedule: '0 3 * * 1' },
    };
    await hub.round();
    expect((await hub.view()).nextCheck).toBe('2026-11-30T03:00:00.000Z');
    expect(hub.runs()).toEqual([]);
    hub.set.now = '2026-12-09T08:00:00.000Z';
    await hub.round();
    await hub.round();
    const { decisions, nextCheck } = await hub.view();
    expect(decisions).toHaveLength(1);
    expect(decisions[0]).toMatchObject({
      trigger: 'schedule',
      outcome: 'start',
      because: 'the schedule "0 3 * * 1" is due',
    });
    expect(nextCheck).toBe('2026-12-14T03:00:00.000Z');
  });

  it('leaves other problems alone when a schedule is none', async () => {
    const hub = bench(await open());
    hub.set.facts = {
      ...hub.set.facts,
      retraining: { ...hub.set.facts.retraining, schedule: 'every monday' },
    };
    await expect(hub.round()).resolves.toBeUndefined();
    expect((await hub.view()).nextCheck).toBeUndefined();
  });

  it('tries again where a run is in the way', async () => {
    const hub = bench(await open());
    hub.set.failWith = new ConflictError('a run of flights is active');
    await hub.retrain('key-of-ada');
    hub.set.failWith = undefined;
    await hub.round();
    expect(hub.runs()).toHaveLength(1);
  });
});

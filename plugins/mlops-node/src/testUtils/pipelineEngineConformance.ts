/* eslint-disable jest/no-export, jest/valid-title, jest/expect-expect, jest/no-disabled-tests -- the tests of engines call this suite */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { isFinal } from '@mlops-portal/plugin-mlops-common';
import { itKeepsCommonPromises } from './commonPromises';
import { PipelineEngine, RunSnapshot, StartRun } from '../contracts';

/**
 * What an engine's test brings: a compiled pipeline with parameters `rows` (integer) and `mode` (text, default ""), and the
 * repository its steps import.
 *
 * Steps: `extract` (writes `rows` rows, prints "extracting <rows> rows") -> `trial`, a loop over candidates 0, 1, 2, whose
 * output is `rows + candidate / 10` -> `train` (artefact `model`) -> `report` (text "best <score>").
 * Mode "fail": train raises `DataProblem: columns missing in raw: distance`. Mode "slow": extract takes ten minutes.
 */
export interface PipelineFixture {
  ir: string;
  code: { cloneUrl: string; commit: string };
}

export interface PipelineEngineSubject {
  engine: PipelineEngine;
  fixture: PipelineFixture;
  dispose?: () => Promise<void>;
}

/** Behaviours that an engine may lack; the reason for a skip is printed. */
export type PipelineBehaviour =
  | 'known-before-start'
  | 'trials'
  | 'cache'
  | 'failure'
  | 'log'
  | 'stop'
  | 'refusals';

const MINUTES = 60_000;
const PATIENCE = 5 * MINUTES;
const SECRET = `secret-${randomUUID()}`;

/** One suite for every pipeline engine; it knows nothing but the contract. */
export function describePipelineEngineConformance(
  name: string,
  make: () => Promise<PipelineEngineSubject>,
  skips: Partial<Record<PipelineBehaviour, string>> = {},
) {
  describe(`${name} keeps the contract of a pipeline engine`, () => {
    let subject: PipelineEngineSubject;
    const options = { signal: new AbortController().signal };

    const request = (changes: Partial<StartRun> = {}): StartRun => ({
      runId: randomUUID(),
      pipeline: 'conformance',
      ...subject.fixture,
      parameters: { rows: 3 },
      environment: { CONFORMANCE_TOKEN: SECRET },
      cache: true,
      ...changes,
    });
    const start = (changes: Partial<StartRun> = {}) =>
      subject.engine.startRun(request(changes), options);

    const until = async (
      engineRunId: string,
      reached: (run: RunSnapshot) => boolean,
    ) => {
      for (const end = Date.now() + PATIENCE; Date.now() < end; ) {
        const run = await subject.engine.getRun(engineRunId, options);
        if (reached(run)) {
          return run;
        }
        await sleep(200);
      }
      throw new Error(`Run ${engineRunId} did not get there in time.`);
    };
    const final = (id: string) => until(id, run => isFinal(run.state));
    const named = (run: RunSnapshot, step: string) =>
      run.steps.filter(candidate => candidate.name === step);

    const behaves = (
      behaviour: PipelineBehaviour,
      title: string,
      body: () => Promise<void>,
    ) => {
      const reason = skips[behaviour];
      if (reason) {
        it.skip(`${title} (skipped: ${reason})`, () => {});
      } else {
        it(title, body, PATIENCE);
      }
    };

    beforeAll(async () => {
      subject = await make();
    }, PATIENCE);

    afterAll(async () => {
      await subject?.dispose?.();
    }, MINUTES);

    itKeepsCommonPromises({
      engine: () => subject.engine,
      capabilities: {
        stop: ['stop'],
        cache: ['cache'],
        stepLogs: ['log'],
        survivesRestart: [],
      },
      skips,
      strangers: () => {
        const engineRunId = randomUUID();
        const at = { engineRunId, stepId: 'extract', offset: 0 };
        return {
          getRun: call => subject.engine.getRun(engineRunId, call),
          stopRun: call => subject.engine.stopRun(engineRunId, call),
          getStepLog: call => subject.engine.getStepLog(at, call),
        };
      },
    });

    it('starts nothing for a caller that has gone', async () => {
      const signal = AbortSignal.abort(new Error('the caller has gone'));
      await expect(
        subject.engine.startRun(request(), { signal }),
      ).rejects.toThrow('the caller has gone');
    });

    it(
      'starts the same run id once',
      async () => {
        const same = request();
        const [first, second] = await Promise.all([
          subject.engine.startRun(same, options),
          subject.engine.startRun(same, options),
        ]);
        expect(second).toEqual(first);
        expect((await final(first.engineRunId)).state).toBe('succeeded');
        const third = await subject.engine.startRun(same, options);
        expect(third).toEqual(first);
      },
      PATIENCE,
    );

    behaves(
      'known-before-start',
      'lists every step in topological order before it starts',
      async () => {
        const { engineRunId } = await start({ parameters: { mode: 'slow' } });
        const run = await subject.engine.getRun(engineRunId, options);
        expect(named(run, 'report')).toMatchObject([{ state: 'waiting' }]);
        const ids = run.steps.map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        for (const step of run.steps) {
          const before = ids.slice(0, ids.indexOf(step.id));
          expect(before).toEqual(expect.arrayContaining(step.dependsOn));
        }
        const [train] = named(run, 'train');
        const [extract] = named(run, 'extract');
        expect(train.dependsOn).toContain(extract.id);
        await subject.engine.stopRun(engineRunId, options);
      },
    );

    behaves(
      'trials',
      'runs each iteration of a loop as a step with its own input and output',
      async () => {
        const { engineRunId } = await start({ cache: false });
        const run = await final(engineRunId);
        expect(run).toMatchObject({ state: 'succeeded', engineRunId });
        expect(Date.parse(run.finishedAt!)).toBeGreaterThanOrEqual(
          Date.parse(run.startedAt!),
        );
        const trials = named(run, 'trial');
        expect(new Set(trials.map(({ id }) => id)).size).toBe(3);
        expect(trials.map(({ inputs }) => inputs.candidate)).toEqual([0, 1, 2]);
        const scores = trials.map(({ outputs }) => Object.values(outputs)[0]);
        expect(scores).toEqual([3, 3.1, 3.2]);
        const [train] = named(run, 'train');
        expect(train.dependsOn).toEqual(
          expect.arrayContaining(trials.map(({ id }) => id)),
        );
        expect(typeof train.outputs.model).toBe('string');
        const [report] = named(run, 'report');
        expect(Object.values(report.outputs)).toEqual(['best 3.2']);
        expect(run.steps.every(step => !step.cached)).toBe(true);
        expect(JSON.stringify(run)).not.toContain(SECRET);
      },
    );

    behaves('cache', 'answers a rerun from the cache and says so', async () => {
      const parameters = { rows: 4 };
      const first = await start({ parameters });
      expect((await final(first.engineRunId)).state).toBe('succeeded');
      const second = await start({ parameters });
      const rerun = await final(second.engineRunId);
      expect(rerun.state).toBe('succeeded');
      for (const step of ['extract', 'trial', 'train', 'report']) {
        expect(named(rerun, step).every(({ cached }) => cached)).toBe(true);
      }
      const [report] = named(rerun, 'report');
      expect(Object.values(report.outputs)).toEqual(['best 4.2']);
    });

    behaves(
      'failure',
      'names the failed step and why, and runs nothing after it',
      async () => {
        const { engineRunId } = await start({ parameters: { mode: 'fail' } });
        const run = await final(engineRunId);
        expect(run.state).toBe('failed');
        expect(run.reason).toContain('train');
        expect(run.reason).toContain('columns missing in raw: distance');
        expect(named(run, 'train')).toMatchObject([
          {
            state: 'failed',
            reason: 'DataProblem: columns missing in raw: distance',
          },
        ]);
        expect(named(run, 'extract')).toMatchObject([{ state: 'succeeded' }]);
        expect(named(run, 'report')).toMatchObject([{ state: 'skipped' }]);
      },
    );

    behaves('log', 'gives the log of a step in parts', async () => {
      const { engineRunId } = await start({ cache: false });
      const run = await final(engineRunId);
      const stepId = named(run, 'extract')[0].id;
      const read = (offset: number) =>
        subject.engine.getStepLog({ engineRunId, stepId, offset }, options);
      const whole = await read(0);
      expect(whole.text).toContain('extracting 3 rows');
      expect(whole.complete).toBe(true);
      expect(whole.nextOffset).toBe(Buffer.byteLength(whole.text));
      const rest = await read(10);
      expect(rest.text).toBe(
        Buffer.from(whole.text).subarray(10).toString('utf8'),
      );
      expect(await read(whole.nextOffset)).toMatchObject({ text: '' });
      const unknown = subject.engine.getStepLog(
        { engineRunId, stepId: '../request.json', offset: 0 },
        options,
      );
      await expect(unknown).rejects.toMatchObject({ name: 'NotFoundError' });
    });

    behaves(
      'stop',
      'stops a run at work, and leaves a finished one as it is',
      async () => {
        const { engineRunId } = await start({ parameters: { mode: 'slow' } });
        await until(engineRunId, run =>
          named(run, 'extract').some(({ state }) => state === 'running'),
        );
        await subject.engine.stopRun(engineRunId, options);
        const run = await final(engineRunId);
        expect(run.state).toBe('stopped');
        expect(named(run, 'extract')).toMatchObject([{ state: 'stopped' }]);
        await subject.engine.stopRun(engineRunId, options);
        expect(await subject.engine.getRun(engineRunId, options)).toEqual(run);
      },
    );

    behaves('refusals', 'refuses what cannot run, naming it', async () => {
      await expect(start({ ir: 'a: [' })).rejects.toMatchObject({
        name: 'InputError',
      });
      const unknown = start({ parameters: { colour: 'red' } });
      await expect(unknown).rejects.toMatchObject({
        name: 'InputError',
        message: expect.stringContaining('colour'),
      });
      const wrongType = start({ parameters: { rows: 'many' } });
      await expect(wrongType).rejects.toMatchObject({
        name: 'InputError',
        message: expect.stringContaining('rows'),
      });
    });
  });
}

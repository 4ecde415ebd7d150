import { StepSnapshot, StartRun } from '../../contracts';
import { describePipelineEngineConformance } from '../pipelineEngineConformance';
import { FakePipelineEngine } from './FakePipelineEngine';

const STEPS = ['extract', 'train', 'report'];
const RUNS_NOTHING = 'the fake runs nothing';

/** Tells of each run at once what a pipeline would have done. */
class PlayedPipelineEngine extends FakePipelineEngine {
  async startRun(
    request: StartRun,
    options: Parameters<FakePipelineEngine['startRun']>[1],
  ) {
    const isNew = !this.started.has(request.runId);
    const accepted = await super.startRun(request, options);
    if (isNew) this.play(request);
    return accepted;
  }

  private play({ runId, parameters }: StartRun) {
    const slow = parameters.mode === 'slow';
    const steps = STEPS.map((name, i): StepSnapshot => {
      const state = i === 0 ? ('running' as const) : ('waiting' as const);
      return {
        id: name,
        name,
        state: slow ? state : 'succeeded',
        cached: false,
        dependsOn: STEPS.slice(0, i).slice(-1),
        inputs: {},
        outputs: {},
      };
    });
    this.logs.set(`${runId}/extract`, 'extracting 3 rows\n');
    this.set(runId, { state: slow ? 'running' : 'succeeded', steps });
  }
}

describePipelineEngineConformance(
  'the fake',
  async () => ({
    engine: new PlayedPipelineEngine('fake', { cache: false }),
    fixture: {
      ir: 'fake',
      code: { cloneUrl: 'http://fake.invalid/a.git', commit: 'c'.repeat(40) },
    },
  }),
  {
    trials: RUNS_NOTHING,
    cache: RUNS_NOTHING,
    failure: RUNS_NOTHING,
    refusals: 'the fake reads no pipelines',
  },
);

describe('the fake pipeline engine', () => {
  const options = { signal: new AbortController().signal };
  const request = { runId: 'a' } as StartRun;

  it('leaves a run as it is until the test says what happened', async () => {
    const engine = new FakePipelineEngine();
    const { engineRunId } = await engine.startRun(request, options);
    expect((await engine.getRun(engineRunId, options)).state).toBe('waiting');
    engine.set('a', { state: 'running' });
    engine.set('a', { state: 'failed', reason: 'no memory' });
    const run = await engine.getRun(engineRunId, options);
    expect(run).toMatchObject({ state: 'failed', reason: 'no memory' });
    expect(Date.parse(run.finishedAt!)).toBeGreaterThanOrEqual(
      Date.parse(run.startedAt!),
    );
  });

  it('takes a run whose answer is lost, and gives the same one when asked again', async () => {
    const engine = new FakePipelineEngine();
    engine.loseNextAnswer = new Error('the line is cut');
    await expect(engine.startRun(request, options)).rejects.toThrow('cut');
    const { engineRunId } = await engine.startRun(request, options);
    expect(engine.started.size).toBe(1);
    expect((await engine.getRun(engineRunId, options)).state).toBe('waiting');
  });
});

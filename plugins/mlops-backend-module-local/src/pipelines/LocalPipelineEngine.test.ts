import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  makePipelineBench,
  PipelineBench,
} from './__testUtils__/pipelineBench';
import { options, RunDriver, stepOf } from './__testUtils__/RunDriver';
import { processesOf } from './runProcesses';

jest.setTimeout(180_000);

describe('LocalPipelineEngine', () => {
  let bench: PipelineBench;
  let runs: RunDriver;

  beforeAll(async () => {
    bench = await makePipelineBench();
    runs = new RunDriver(bench);
  });

  afterAll(async () => {
    await bench.dispose();
  });

  it('shows the preparation as the first step, with a log', async () => {
    const id = await runs.start();
    const run = await runs.final(id);
    expect(run.steps.map(({ id: stepId }) => stepId)).toEqual([
      ...['prepare', 'extract', 'trial-0', 'trial-1', 'trial-2'],
      ...['train', 'report'],
    ]);
    expect(stepOf(run, 'prepare')).toMatchObject({ state: 'succeeded' });
    expect(stepOf(run, 'extract').dependsOn).toEqual(['prepare']);
    const log = await bench.engine.getStepLog(
      { engineRunId: id, stepId: 'prepare', offset: 0 },
      options,
    );
    expect(log.text).toMatch(/^\d{4}-\d\d-\d\dT\S+Z .*\n[^]*Ready\.\n$/);
  });

  it('gives each iteration its own item and the values from before the loop', async () => {
    const path = join(__dirname, '__testUtils__', 'repository', 'control.yaml');
    const ir = await readFile(path, 'utf8');
    const run = await runs.final(await runs.start({ ir, pipeline: 'control' }));
    expect(run).toMatchObject({ state: 'succeeded', reason: undefined });
    const outputs = (name: string) =>
      run.steps
        .filter(step => step.name === name)
        .map(step => [step.id, step.outputs.Output]);
    expect(Object.fromEntries(outputs('multiply'))).toEqual({
      'multiply-0-0': 10 * 1 * 100,
      'multiply-0-1': 10 * 2 * 100,
      'multiply-1-0': 20 * 1 * 100,
      'multiply-1-1': 20 * 2 * 100,
    });
    expect(outputs('name')).toEqual([
      ['name-0', 'x'],
      ['name-1', 'z'],
    ]);
    expect(outputs('total')).toEqual([['total', (3 + 4) * 100]]);
    const branches = run.steps.filter(({ id }) => id.startsWith('chosen'));
    expect(branches.map(({ state, outputs: made }) => [state, made])).toEqual(
      expect.arrayContaining([
        ['skipped', {}],
        ['succeeded', { Output: 'tails' }],
        ['succeeded', { Output: 'nested' }],
      ]),
    );
  });

  it('writes secrets into no file that outlives the run', async () => {
    const id = await runs.start({ cache: false });
    const { state } = await runs.final(id);
    expect(state).toBe('succeeded');
    const log = await readFile(
      join(runs.folderOf(id), 'logs/extract.log'),
      'utf8',
    );
    expect(log).toContain('token ***');
    const find = () =>
      execFileSync('grep', ['-rl', runs.token, bench.home], {
        encoding: 'utf8',
      });
    expect(find).toThrow(); // grep ends with 1 when it finds nothing
  });

  it('gives steps nothing of the own environment but what they need', async () => {
    process.env.BACKEND_SECRET = 'of the portal';
    const id = await runs.startSlow();
    delete process.env.BACKEND_SECRET;
    const pids = await processesOf(runs.folderOf(id));
    expect(pids.length).toBeGreaterThan(2);
    for (const pid of pids) {
      const environment = await readFile(`/proc/${pid}/environ`, 'utf8');
      expect(environment).not.toContain('BACKEND_SECRET');
    }
    await bench.engine.stopRun(id, options);
  });

  it('lets later runs wait for a place', async () => {
    const narrow = bench.again({ maxConcurrentRuns: 1 });
    const first = await runs.startSlow(narrow);
    const second = runs.request();
    await narrow.startRun(second, options);
    await sleep(1_000);
    expect(await narrow.getRun(second.runId, options)).toMatchObject({
      state: 'waiting',
    });
    await narrow.stopRun(first, options);
    expect(await runs.final(second.runId)).toMatchObject({
      state: 'succeeded',
    });
  });

  it('stops a run that waits for a place', async () => {
    const narrow = bench.again({ maxConcurrentRuns: 1 });
    const first = await runs.startSlow(narrow);
    const second = runs.request();
    await narrow.startRun(second, options);
    await narrow.stopRun(second.runId, options);
    expect(await narrow.getRun(second.runId, options)).toMatchObject({
      state: 'stopped',
    });
    await narrow.stopRun(first, options);
  });

  it('fails in the preparation when the commit is not there', async () => {
    const code = { ...bench.fixture.code, commit: 'f'.repeat(40) };
    const run = await runs.final(await runs.start({ code }));
    expect(run.reason).toContain("Step 'prepare' failed: Commit fff");
    expect(stepOf(run, 'prepare').state).toBe('failed');
    expect(stepOf(run, 'extract').state).toBe('skipped');
  });

  it('insists on the version of the runner that it knows', async () => {
    const commit = await bench.commitRequirements('six==1.17.0\n');
    const run = await runs.final(
      await runs.start({ code: { ...bench.fixture.code, commit } }),
    );
    expect(run.reason).toBe(
      "Step 'prepare' failed: requirements.txt gives kfp (none); this portal runs pipelines with kfp==2.17.0. Pin that version.",
    );
  });

  it('asks the resolver for the clone URL and writes no password', async () => {
    const { cloneUrl, commit } = bench.fixture.code;
    const given = 'http://user:pass-word@127.0.0.1:1/git/demo.git';
    const resolved: string[] = [];
    const resolving = bench.again({
      resolveClone: url => {
        resolved.push(url);
        return cloneUrl;
      },
    });
    const asked = runs.request({ code: { cloneUrl: given, commit } });
    await resolving.startRun(asked, options);
    expect(await runs.final(asked.runId)).toMatchObject({ state: 'succeeded' });
    expect(resolved).toEqual([given]);

    const id = await runs.start({ code: { cloneUrl: given, commit } });
    const run = await runs.final(id);
    expect(run.reason).toContain('http://127.0.0.1:1/git/demo.git');
    const find = () =>
      execFileSync('grep', ['-rl', 'pass-word', bench.home], {
        encoding: 'utf8',
      });
    expect(find).toThrow();
  });

  it('says what to do when the data folder cannot be written', async () => {
    const home = join(bench.home, 'a-file');
    await writeFile(home, '');
    const call = bench.again({ home }).startRun(runs.request(), options);
    await expect(call).rejects.toThrow(
      /The folder of run '.*' cannot be made in .*: E\w+\. Free space or make the folder writable\./,
    );
  });

  it('refuses an id that is a path', async () => {
    const call = bench.engine.startRun(
      runs.request({ runId: '../x' }),
      options,
    );
    await expect(call).rejects.toThrow("The run id '../x' must be letters");
  });
});

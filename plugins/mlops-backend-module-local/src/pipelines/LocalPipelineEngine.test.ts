import { execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isFinal } from '@mlops-portal/plugin-mlops-common';
import { RunSnapshot, StartRun } from '@mlops-portal/plugin-mlops-node';
import { LocalPipelineEngine } from './LocalPipelineEngine';
import {
  makePipelineBench,
  PipelineBench,
} from './__testUtils__/pipelineBench';
import { parseIr } from './irSchema';
import { planOf } from './plan';
import { bootId, processesOf } from './processes';
import { RunFolder } from './RunFolder';

jest.setTimeout(180_000);

const options = { signal: new AbortController().signal };
const TOKEN = `token-${randomUUID()}`;

describe('LocalPipelineEngine', () => {
  let bench: PipelineBench;
  let engine: LocalPipelineEngine;

  beforeAll(async () => {
    bench = await makePipelineBench();
    engine = bench.engine;
  });

  afterAll(async () => {
    await bench.dispose();
  });

  const request = (changes: Partial<StartRun> = {}): StartRun => ({
    runId: randomUUID(),
    pipeline: 'conformance',
    ...bench.fixture,
    parameters: {},
    environment: { CONFORMANCE_TOKEN: TOKEN },
    cache: true,
    ...changes,
  });
  const start = async (changes: Partial<StartRun> = {}) =>
    (await engine.startRun(request(changes), options)).engineRunId;
  const startSlow = () => start({ parameters: { mode: 'slow' } });
  const step = (run: RunSnapshot, id: string) =>
    run.steps.find(candidate => candidate.id === id)!;
  const folderOf = (id: string) => join(bench.home, 'runs', id);

  async function until(
    id: string,
    reached: (run: RunSnapshot) => boolean,
    asked = engine,
  ) {
    for (const end = Date.now() + 120_000; Date.now() < end; ) {
      const run = await asked.getRun(id, options);
      if (reached(run)) {
        return run;
      }
      await sleep(100);
    }
    throw new Error(`Run ${id} did not get there in time.`);
  }
  const final = (id: string, asked = engine) =>
    until(id, run => isFinal(run.state), asked);
  const extracting = (id: string) =>
    until(id, run => step(run, 'extract').state === 'running');

  it('shows the preparation as the first step, with a log', async () => {
    const id = await start();
    const run = await final(id);
    expect(run.steps.map(({ id: stepId }) => stepId)).toEqual([
      ...['prepare', 'extract', 'trial-0', 'trial-1', 'trial-2'],
      ...['train', 'report'],
    ]);
    expect(step(run, 'prepare')).toMatchObject({ state: 'succeeded' });
    expect(step(run, 'extract').dependsOn).toEqual(['prepare']);
    const log = await engine.getStepLog(
      { engineRunId: id, stepId: 'prepare', offset: 0 },
      options,
    );
    expect(log.text).toMatch(/^\d{4}-\d\d-\d\dT\S+Z .*\n[^]*Ready\.\n$/);
  });

  it('writes secrets into no file that outlives the run', async () => {
    const id = await start({ cache: false });
    const { state } = await final(id);
    expect(state).toBe('succeeded');
    const log = await readFile(join(folderOf(id), 'logs/extract.log'), 'utf8');
    expect(log).toContain('token ***');
    const find = () =>
      execFileSync('grep', ['-rl', TOKEN, bench.home], { encoding: 'utf8' });
    expect(find).toThrow(); // grep ends with 1 when it finds nothing
  });

  it('gives steps nothing of the own environment but what they need', async () => {
    process.env.BACKEND_SECRET = 'of the portal';
    const id = await startSlow();
    await extracting(id);
    delete process.env.BACKEND_SECRET;
    const pids = await processesOf(folderOf(id));
    expect(pids.length).toBeGreaterThan(2);
    for (const pid of pids) {
      const environment = await readFile(`/proc/${pid}/environ`, 'utf8');
      expect(environment).not.toContain('BACKEND_SECRET');
    }
    await engine.stopRun(id, options);
  });

  it('has the kernel end a step first when memory runs out', async () => {
    const id = await startSlow();
    await extracting(id);
    const pids = await processesOf(folderOf(id));
    const scores = await Promise.all(
      pids.map(pid => readFile(`/proc/${pid}/oom_score_adj`, 'utf8')),
    );
    expect(scores).toContain('500\n');
    await engine.stopRun(id, options);
  });

  it('leaves no process of a stopped run, not even one in another session', async () => {
    const id = await startSlow();
    await extracting(id);
    // Supervisor, runner, shell, step and the step's detached child.
    while ((await processesOf(folderOf(id))).length < 5) {
      await sleep(50);
    }
    await engine.stopRun(id, options);
    expect(await processesOf(folderOf(id))).toEqual([]);
    expect(await engine.getRun(id, options)).toMatchObject({
      state: 'stopped',
    });
  });

  it('says that a step was killed, as when memory runs out', async () => {
    const run = await final(await start({ parameters: { mode: 'kill' } }));
    expect(run).toMatchObject({
      state: 'failed',
      reason: "Step 'train' failed: killed by signal 9, probably out of memory",
    });
  });

  it('says that the disk was full', async () => {
    const run = await final(await start({ parameters: { mode: 'full' } }));
    expect(run.reason).toBe(
      "Step 'train' failed: OSError: [Errno 28] No space left on device",
    );
  });

  it('keeps a run at work when the portal is killed, and picks it up', async () => {
    const asked = request();
    const portal = spawn(
      process.execPath,
      [
        ...[
          '--require',
          require.resolve('@backstage/cli/config/nodeTransform.cjs'),
        ],
        join(__dirname, '__testUtils__', 'portal.ts'),
        bench.home,
      ],
      { stdio: ['pipe', 'pipe', 'inherit'] },
    );
    portal.stdin.end(JSON.stringify(asked));
    const [said] = await once(portal.stdout, 'data');
    portal.kill('SIGKILL');
    await once(portal, 'exit');
    expect(String(said)).toBe(`started ${asked.runId}\n`);
    expect(await final(asked.runId, bench.again())).toMatchObject({
      state: 'succeeded',
    });
  });

  it('starts a run that was accepted when the portal was killed before its process', async () => {
    const asked = request();
    await RunFolder.of(bench.home, asked.runId).make({
      request: asked,
      plan: planOf(parseIr(asked.ir)),
      settings: { home: bench.home, slots: 2, kfp: '2.17.0' },
    });
    expect(await final(asked.runId)).toMatchObject({ state: 'succeeded' });
  });

  it('ends a run whose process was killed as failed, and its steps with it', async () => {
    const id = await startSlow();
    await extracting(id);
    const { pid } = JSON.parse(
      await readFile(join(folderOf(id), 'process.json'), 'utf8'),
    );
    process.kill(pid, 'SIGKILL');
    const run = await final(id, bench.again());
    expect(run.state).toBe('failed');
    expect(run.reason).toContain('ended without a result');
    expect(step(run, 'extract')).toMatchObject({
      state: 'failed',
      reason: run.reason,
    });
    expect(step(run, 'report').state).toBe('skipped');
    expect(await processesOf(folderOf(id))).toEqual([]);
  });

  it('takes a later process with the same number for what it is', async () => {
    const id = await start();
    await final(id);
    await rm(join(folderOf(id), 'state.json'));
    const stranger = spawn('sleep', ['60']);
    const identity = {
      pid: stranger.pid,
      startTicks: 1,
      bootId: await bootId(),
    };
    const path = join(folderOf(id), 'process.json');
    await writeFile(path, JSON.stringify(identity));
    expect(await final(id)).toMatchObject({ state: 'failed' });
    expect(stranger.exitCode).toBeNull();
    expect(stranger.kill('SIGKILL')).toBe(true);
  });

  it('names a restart of the machine as the reason', async () => {
    const id = await start();
    await final(id);
    await rm(join(folderOf(id), 'state.json'));
    const identity = { pid: 1, startTicks: 1, bootId: 'an earlier one' };
    const path = join(folderOf(id), 'process.json');
    await writeFile(path, JSON.stringify(identity));
    const run = await final(id);
    expect(run.reason).toContain('The machine was restarted');
  });

  it('lets later runs wait for a place', async () => {
    const narrow = bench.again({ maxConcurrentRuns: 1 });
    const first = request({ parameters: { mode: 'slow' } });
    await narrow.startRun(first, options);
    await extracting(first.runId);
    const second = request();
    await narrow.startRun(second, options);
    await sleep(1_000);
    expect(await narrow.getRun(second.runId, options)).toMatchObject({
      state: 'waiting',
    });
    await narrow.stopRun(first.runId, options);
    expect(await final(second.runId)).toMatchObject({ state: 'succeeded' });
  });

  it('stops a run that waits for a place', async () => {
    const narrow = bench.again({ maxConcurrentRuns: 1 });
    const first = request({ parameters: { mode: 'slow' } });
    await narrow.startRun(first, options);
    await extracting(first.runId);
    const second = request();
    await narrow.startRun(second, options);
    await narrow.stopRun(second.runId, options);
    expect(await narrow.getRun(second.runId, options)).toMatchObject({
      state: 'stopped',
    });
    await narrow.stopRun(first.runId, options);
  });

  it('fails in the preparation when the commit is not there', async () => {
    const code = { ...bench.fixture.code, commit: 'f'.repeat(40) };
    const run = await final(await start({ code }));
    expect(run.reason).toContain("Step 'prepare' failed: Commit fff");
    expect(step(run, 'prepare').state).toBe('failed');
    expect(step(run, 'extract').state).toBe('skipped');
  });

  it('insists on the version of the runner that it knows', async () => {
    const commit = await bench.commitRequirements('six==1.17.0\n');
    const run = await final(
      await start({ code: { ...bench.fixture.code, commit } }),
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
    const asked = request({ code: { cloneUrl: given, commit } });
    await resolving.startRun(asked, options);
    expect(await final(asked.runId)).toMatchObject({ state: 'succeeded' });
    expect(resolved).toEqual([given]);

    const id = await start({ code: { cloneUrl: given, commit } });
    const run = await final(id);
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
    const call = bench.again({ home }).startRun(request(), options);
    await expect(call).rejects.toThrow(
      /The folder of run '.*' cannot be made in .*: E\w+\. Free space or make the folder writable\./,
    );
  });

  it('refuses an id that is a path', async () => {
    const call = engine.startRun(request({ runId: '../x' }), options);
    await expect(call).rejects.toThrow("The run id '../x' must be letters");
  });
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  makePipelineBench,
  PipelineBench,
} from './__testUtils__/pipelineBench';
import { options, RunDriver, stepOf } from './__testUtils__/RunDriver';
import { parseIr } from './irSchema';
import { planOf } from './plan';
import { bootId } from '../processes';
import { processesOf } from './runProcesses';
import { RunFolder } from './RunFolder';

jest.setTimeout(180_000);

describe('LocalPipelineEngine on a bad day', () => {
  let bench: PipelineBench;
  let runs: RunDriver;

  beforeAll(async () => {
    bench = await makePipelineBench();
    runs = new RunDriver(bench);
  });

  afterAll(async () => {
    await bench.dispose();
  });

  it('has the kernel end a step first when memory runs out', async () => {
    const id = await runs.startSlow();
    const pids = await processesOf(runs.folderOf(id));
    const scores = await Promise.all(
      pids.map(pid => readFile(`/proc/${pid}/oom_score_adj`, 'utf8')),
    );
    expect(scores).toContain('500\n');
    await bench.engine.stopRun(id, options);
  });

  it('leaves no process of a stopped run, not even one in another session', async () => {
    const id = await runs.startSlow();
    // Supervisor, runner, shell, step and the step's detached child.
    while ((await processesOf(runs.folderOf(id))).length < 5) {
      await sleep(50);
    }
    await bench.engine.stopRun(id, options);
    expect(await processesOf(runs.folderOf(id))).toEqual([]);
    expect(await bench.engine.getRun(id, options)).toMatchObject({
      state: 'stopped',
    });
  });

  it('says that a step was killed, as when memory runs out', async () => {
    const run = await runs.final(
      await runs.start({ parameters: { mode: 'kill' } }),
    );
    expect(run).toMatchObject({
      state: 'failed',
      reason:
        "Step 'train' failed: killed by signal 9, probably out of memory; free memory or use fewer rows, then rerun",
    });
  });

  it('says that the disk was full', async () => {
    const run = await runs.final(
      await runs.start({ parameters: { mode: 'full' } }),
    );
    expect(run.reason).toBe(
      "Step 'train' failed: OSError: [Errno 28] No space left on device",
    );
  });

  it('keeps a run at work when the portal is killed, and picks it up', async () => {
    const asked = runs.request();
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
    expect(await runs.final(asked.runId, bench.again())).toMatchObject({
      state: 'succeeded',
    });
  });

  it('starts a run that was accepted when the portal was killed before its process', async () => {
    const asked = runs.request();
    await RunFolder.of(bench.home, asked.runId).make({
      request: asked,
      plan: planOf(parseIr(asked.ir)),
      settings: { home: bench.home, slots: 2, kfp: '2.17.0' },
    });
    expect(await runs.final(asked.runId)).toMatchObject({ state: 'succeeded' });
  });

  it('ends a run whose process was killed as failed, and its steps with it', async () => {
    const id = await runs.startSlow();
    const { pid } = JSON.parse(
      await readFile(join(runs.folderOf(id), 'process.json'), 'utf8'),
    );
    process.kill(pid, 'SIGKILL');
    const run = await runs.final(id, bench.again());
    expect(run.state).toBe('failed');
    expect(run.reason).toContain('ended without a result');
    expect(stepOf(run, 'extract')).toMatchObject({
      state: 'failed',
      reason: run.reason,
    });
    expect(stepOf(run, 'report').state).toBe('skipped');
    expect(await processesOf(runs.folderOf(id))).toEqual([]);
  });

  it('takes a later process with the same number for what it is', async () => {
    const id = await runs.start();
    await runs.final(id);
    await rm(join(runs.folderOf(id), 'state.json'));
    const stranger = spawn('sleep', ['60']);
    const identity = {
      pid: stranger.pid,
      startTicks: 1,
      bootId: bootId(),
    };
    const path = join(runs.folderOf(id), 'process.json');
    await writeFile(path, JSON.stringify(identity));
    expect(await runs.final(id)).toMatchObject({ state: 'failed' });
    expect(stranger.exitCode).toBeNull();
    expect(stranger.kill('SIGKILL')).toBe(true);
  });

  it('names a restart of the machine as the reason', async () => {
    const id = await runs.start();
    await runs.final(id);
    await rm(join(runs.folderOf(id), 'state.json'));
    const identity = { pid: 1, startTicks: 1, bootId: 'an earlier one' };
    const path = join(runs.folderOf(id), 'process.json');
    await writeFile(path, JSON.stringify(identity));
    const run = await runs.final(id);
    expect(run.reason).toContain('The machine was restarted');
  });
});

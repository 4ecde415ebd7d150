import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import { CiStore } from '../ci/CiStore';
import { findPython } from '../environment/findPython';
import { RunFolder } from '../pipelines/RunFolder';
import { Pruner } from './Pruner';

const NOW = new Date('2026-06-30T12:00:00Z');
const LONG_AGO = '2026-01-01T00:00:00.000Z';
const { signal } = new AbortController();

describe('the pruner', () => {
  let home: string;
  let pruner: Pruner;

  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'retention-'));
    pruner = new Pruner({
      home,
      retention: { days: 30, keepLast: 1, maxBytes: 1e9, unusedDays: 30 },
      logger: mockServices.logger.mock(),
      interpreter: () => findPython({ home }, signal),
      now: () => NOW,
    });
  });
  afterEach(() => rm(home, { recursive: true, force: true }));

  const write = async (path: string, content: unknown) => {
    const file = join(home, path);
    await mkdir(join(file, '..'), { recursive: true });
    const text =
      typeof content === 'string' ? content : JSON.stringify(content);
    await writeFile(file, text);
  };
  const leaveRun = async (id: string, finishedAt?: string) => {
    await write(`runs/${id}/request.json`, { pipeline: 'late', runId: id });
    await write(`runs/${id}/outputs/train/model.onnx`, 'weights');
    await write(`runs/${id}/logs/train.log`, 'trained\n');
    await write(`runs/${id}/events.jsonl`, '');
    if (finishedAt) {
      await write(`runs/${id}/state.json`, { state: 'succeeded', finishedAt });
    }
  };
  const leaveCi = async (id: string, finishedAt: string) => {
    const store = new CiStore(join(home, 'ci'));
    await store.write({
      id,
      repository: 'late',
      branch: 'main',
      commit: 'a'.repeat(40),
      message: 'First',
      author: 'Ada',
      email: 'ada@example.com',
      createdAt: finishedAt,
      phase: 'ended',
      jobs: [{ id: `${id}001`, name: 'test', stage: 't', state: 'succeeded' }],
      ending: { state: 'succeeded', finishedAt },
    });
    await write(`ci/late/${id}/logs/${id}001.log`, 'tested\n');
  };

  it('removes outputs and logs of an old run, and keeps what tells how it went', async () => {
    await leaveRun('old', LONG_AGO);
    await leaveRun('newest', '2026-06-01T00:00:00.000Z');
    await write('artifacts/abc/model.onnx', 'weights');
    expect(await pruner.round(signal)).toEqual({ runs: 1, ci: 0 });
    const there = (path: string) => existsSync(join(home, path));
    expect(there('runs/old/outputs')).toBe(false);
    expect(there('runs/old/logs')).toBe(false);
    expect(there('runs/old/state.json')).toBe(true);
    expect(there('runs/old/events.jsonl')).toBe(true);
    expect(there('runs/newest/outputs/train/model.onnx')).toBe(true);
    expect(there('artifacts/abc/model.onnx')).toBe(true);
    expect(await pruner.round(signal)).toEqual({ runs: 0, ci: 0 });
  });

  it('says in place of a log when and why it was removed', async () => {
    await leaveRun('old', LONG_AGO);
    await leaveRun('newest', '2026-06-01T00:00:00.000Z');
    await leaveCi('1', LONG_AGO);
    await leaveCi('2', LONG_AGO.replace('01-01', '02-01'));
    expect(await pruner.round(signal)).toEqual({ runs: 1, ci: 1 });

    const said =
      /removed on 2026-06-30: it is kept for 30 days\. .*mlops\.local\.retention/;
    const log = await RunFolder.of(home, 'old').log('train', 0, true);
    expect(log).toMatchObject({
      text: expect.stringMatching(said),
      complete: true,
    });
    const rest = await RunFolder.of(home, 'old').log(
      'train',
      log.nextOffset,
      true,
    );
    expect(rest).toMatchObject({ text: '', complete: true });

    const store = new CiStore(join(home, 'ci'));
    const ciLog = async (id: string) =>
      (await store.log(await store.read('late', id), `${id}001`, 0)).text;
    expect(await ciLog('1')).toMatch(said);
    expect(await ciLog('2')).toBe('tested\n');
    expect(await store.ids('late')).toEqual(['2', '1']);
  });

  it('lets no later run be answered from outputs that are gone', async () => {
    await leaveRun('old', LONG_AGO);
    await leaveRun('newest', '2026-06-01T00:00:00.000Z');
    const entry = (id: string) => ({ model: `${home}/runs/${id}/outputs/m` });
    await write('cache/pipelines/late/1.json', entry('old'));
    await write('cache/pipelines/late/2.json', entry('newest'));
    await pruner.round(signal);
    expect(existsSync(join(home, 'cache/pipelines/late/1.json'))).toBe(false);
    expect(existsSync(join(home, 'cache/pipelines/late/2.json'))).toBe(true);
  });

  it('touches nothing of a run at work', async () => {
    await leaveRun('at work');
    await leaveRun('newest', '2026-06-30T11:00:00.000Z');
    expect(await pruner.round(signal)).toEqual({ runs: 0, ci: 0 });
    expect(existsSync(join(home, 'runs/at work/outputs'))).toBe(true);
  });

  it('goes on where a killed round stopped', async () => {
    await leaveRun('old', LONG_AGO);
    await leaveRun('newest', '2026-06-01T00:00:00.000Z');
    await write('runs/old/removed.json', { at: LONG_AGO, because: 'x' });
    await pruner.round(signal);
    expect(existsSync(join(home, 'runs/old/outputs'))).toBe(false);
  });

  it('clears what killed calls left in the scratch folder, and nothing in use', async () => {
    const old = '0b2b57db-2187-4aa1-8b8e-000000000000';
    const fresh = '1b2b57db-2187-4aa1-8b8e-000000000000';
    for (const name of [old, fresh, 'tables']) {
      await write(`scratch/${name}/spill`, 'x');
    }
    const longAgo = new Date(LONG_AGO);
    await utimes(join(home, 'scratch', old), longAgo, longAgo);
    await utimes(join(home, 'scratch', 'tables'), longAgo, longAgo);
    await utimes(join(home, 'scratch', fresh), NOW, NOW);
    await pruner.round(signal);
    const left = [old, fresh, 'tables'].filter(name =>
      existsSync(join(home, 'scratch', name)),
    );
    expect(left).toEqual([fresh, 'tables']);
  });

  it('removes environments and code that nothing has used for long', async () => {
    for (const folder of ['envs/steps-old', 'envs/steps-new', 'code/late/1a']) {
      await write(`${folder}/file`, 'x');
    }
    const longAgo = new Date(0);
    await utimes(join(home, 'envs/steps-old'), longAgo, longAgo);
    await utimes(join(home, 'code/late/1a'), longAgo, longAgo);
    await pruner.round(signal);
    expect(existsSync(join(home, 'envs/steps-old'))).toBe(false);
    expect(existsSync(join(home, 'code/late/1a'))).toBe(false);
    expect(existsSync(join(home, 'envs/steps-new/file'))).toBe(true);
  });

  it('has nothing to do where nothing ran yet', async () => {
    expect(await pruner.round(signal)).toEqual({ runs: 0, ci: 0 });
  });
});

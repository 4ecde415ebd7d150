import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { promises as fs } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CiStore } from '../ci/CiStore';
import { markOf } from '../ci/runProcesses';
import { markedProcesses } from '../processes';
import { CiDriver } from './__testUtils__/ciDriver';
import { startEngine } from './__testUtils__/startEngine';

jest.setTimeout(300_000);

describe('A portal that is killed', () => {
  it('leaves CI running, and the next one takes it over', async () => {
    const home = await fs.mkdtemp(path.join(os.tmpdir(), 'killed-'));
    const gate = path.join(home, 'gate');
    const portal = spawn(
      process.execPath,
      [
        '--require',
        require.resolve('@backstage/cli/config/nodeTransform.cjs'),
        path.join(__dirname, '__testUtils__', 'portalProcess.ts'),
        home,
        gate,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    await once(portal.stdout, 'data');
    const before = await openRecord(home);
    portal.kill('SIGKILL');
    await once(portal, 'exit');

    const started = await startEngine({ home });
    try {
      const ci = new CiDriver(() => started);
      const [pipeline] = await ci.list('killed');
      expect(pipeline).toMatchObject({ state: 'running' });
      expect((await ci.record('killed', pipeline)).runner).toEqual(
        before.runner,
      );
      await fs.writeFile(gate, '');
      expect(await ci.ended('killed')).toMatchObject({
        id: pipeline.id,
        state: 'succeeded',
      });
      expect(await ci.list('killed')).toHaveLength(1);
    } finally {
      await started.dispose();
    }
  });
});

async function openRecord(home: string): Promise<any> {
  const folder = path.join(home, 'ci', 'killed');
  const [id] = (await fs.readdir(folder)).filter(name => /^\d+$/.test(name));
  return JSON.parse(
    await fs.readFile(path.join(folder, id, 'pipeline.json'), 'utf8'),
  );
}

describe('A full disk', () => {
  it('does not lose the end of CI', async () => {
    const started = await startEngine();
    try {
      const ci = new CiDriver(() => started);
      const gate = path.join(started.home, 'gate');
      const { name } = await ci.create({
        '.gitlab-ci.yml': `one: { script: ['until test -e ${gate}; do sleep 0.1; done'] }\n`,
      });
      await ci.jobRuns(name, 'one');
      const full = jest
        .spyOn(CiStore.prototype, 'write')
        .mockRejectedValueOnce(new Error('ENOSPC: no space left on device'));
      await fs.writeFile(gate, '');
      while (
        (await ci.record(name, (await ci.list(name))[0])).phase !== 'ended'
      )
        await sleep(100);
      expect(full.mock.calls.length).toBeGreaterThan(1);
      full.mockRestore();
      expect(await ci.ended(name)).toMatchObject({ state: 'succeeded' });
    } finally {
      await started.dispose();
    }
  });
});

describe('A portal that is not ready', () => {
  it('starts no CI before it is', async () => {
    let ready = () => {};
    const started = await startEngine({
      ready: new Promise<void>(resolve => {
        ready = resolve;
      }),
    });
    try {
      const ci = new CiDriver(() => started);
      const { name } = await ci.create({
        '.gitlab-ci.yml': 'one: { script: [echo one] }\n',
      });
      await sleep(500);
      expect(await ci.list(name)).toMatchObject([{ state: 'waiting' }]);
      ready();
      expect(await ci.ended(name)).toMatchObject({ state: 'succeeded' });
    } finally {
      await started.dispose();
    }
  });
});

describe('The time limit of CI', () => {
  it('ends what takes too long and says so', async () => {
    const started = await startEngine({ ciTimeLimitMs: 4000 });
    try {
      const ci = new CiDriver(() => started);
      const { name } = await ci.create({
        '.gitlab-ci.yml': 'slow: { script: [sleep 600] }\n',
      });
      const pipeline = await ci.ended(name);
      expect(pipeline).toMatchObject({
        state: 'failed',
        reason: expect.stringContaining('limit'),
      });
      const { mark } = await ci.record(name, pipeline);
      expect(await markedProcesses(markOf(mark))).toEqual([]);
    } finally {
      await started.dispose();
    }
  });
});

import { promises as fs } from 'node:fs';
import path from 'node:path';
import { git } from '../source/git';
import { CiDriver } from '../source/__testUtils__/ciDriver';
import {
  startEngine,
  StartedEngine,
} from '../source/__testUtils__/startEngine';

jest.setTimeout(300_000);

describe('The order of CI', () => {
  let started: StartedEngine;
  const ci = new CiDriver(() => started);

  beforeAll(async () => {
    started = await startEngine();
  });
  afterAll(() => started.dispose());

  it('runs one CI pipeline of a repository at a time, in the order of the pushes', async () => {
    const gate = path.join(started.home, 'gate-2');
    const files = {
      '.gitlab-ci.yml': `one: { script: ['until test -e ${gate}; do sleep 0.1; done'] }\n`,
    };
    const { name } = await ci.create(files);
    await ci.jobRuns(name, 'one');
    const [first] = await ci.list(name);
    await started.engine.retryCi(name, first.id);
    await started.engine.retryCi(name, first.id);
    const states = async () => (await ci.list(name)).map(({ state }) => state);
    expect(await states()).toEqual(['waiting', 'waiting', 'running']);
    await fs.writeFile(gate, '');
    await ci.ended(name);
    expect(await states()).toEqual(['succeeded', 'succeeded', 'succeeded']);
    const all = await ci.list(name);
    expect(all.map(({ commit }) => commit)).toEqual(
      Array(3).fill(first.commit),
    );
    const ends = all.map(({ finishedAt }) => finishedAt!);
    expect([...ends].sort().reverse()).toEqual(ends);
  });

  it('stops what runs and what waits, and leaves what has ended', async () => {
    const { name } = await ci.create({
      '.gitlab-ci.yml': 'slow: { script: [sleep 300] }\n',
    });
    const running = await ci.jobRuns(name, 'slow');
    const waiting = await started.engine.retryCi(name, running.id);
    expect(await started.engine.stopCi(name, waiting.id)).toMatchObject({
      state: 'stopped',
    });
    const stopped = await started.engine.stopCi(name, running.id);
    expect(stopped).toMatchObject({
      state: 'stopped',
      reason: 'stopped by hand',
      jobs: [{ name: 'slow', state: 'stopped' }],
    });
    expect(await started.engine.stopCi(name, running.id)).toEqual(stopped);
    await expect(started.engine.stopCi(name, '99999')).rejects.toMatchObject({
      name: 'NotFoundError',
    });
  });

  it('runs two CI pipelines in all, the oldest first', async () => {
    const gate = path.join(started.home, 'gate-3');
    const files = {
      '.gitlab-ci.yml': `one: { script: ['until test -e ${gate}; do sleep 0.1; done'] }\n`,
    };
    const names: string[] = [];
    for (let count = 0; count < 3; count++)
      names.push((await ci.create(files)).name);
    const state = async (name: string) => (await ci.list(name))[0].state;
    await Promise.all(names.slice(0, 2).map(name => ci.jobRuns(name, 'one')));
    expect(await state(names[2])).toBe('waiting');
    await fs.writeFile(gate, '');
    for (const name of names)
      expect(await ci.ended(name)).toMatchObject({ state: 'succeeded' });
  });

  it('gives each branch that a push changes its CI, and none to one that is deleted', async () => {
    const { name } = await ci.create({
      '.gitlab-ci.yml': 'one: { script: ["echo on $CI_COMMIT_BRANCH"] }\n',
    });
    await ci.ended(name);
    await ci.commitBehindThePortal(name, { 'a.txt': 'a' }, 'feature/a');
    await started.restart();
    await ci.until(name, ({ branch }) => branch === 'feature/a');
    const pipeline = await ci.ended(name);
    expect(await ci.log(name, pipeline, 'one')).toContain('on feature/a\n');
    const bare = path.join(started.home, 'git', `${name}.git`);
    await git(['branch', '-D', 'feature/a'], { gitDir: bare });
    await started.restart();
    expect(await ci.list(name)).toHaveLength(2);
  });
});

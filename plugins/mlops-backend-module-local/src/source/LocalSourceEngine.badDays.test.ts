import { execFile, spawn } from 'node:child_process';
import { promises as fs } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { markOf } from '../ci/runProcesses';
import { markedProcesses, send } from '../processes';
import { CiDriver } from './__testUtils__/ciDriver';
import { startEngine, StartedEngine, TOKEN } from './__testUtils__/startEngine';

jest.setTimeout(300_000);

const signal = new AbortController().signal;

describe('Bad days of the repositories and their CI', () => {
  let started: StartedEngine;
  const ci = new CiDriver(() => started);

  beforeEach(async () => {
    started = await startEngine();
  });
  afterEach(() => started.dispose());

  const gated = (gate: string) => ({
    '.gitlab-ci.yml': `
one: { script: ['echo begun; until test -e ${gate}; do sleep 0.1; done; echo over'] }
`,
  });
  const gate = () => path.join(started.home, 'gate');

  it('calls CI failed, with what to do, when its process is killed, and leaves nothing behind', async () => {
    const { name } = await ci.create(gated(gate()));
    const running = await ci.jobRuns(name, 'one');
    const { runner, mark } = await ci.record(name, running);
    process.kill(runner.pid, 'SIGKILL');
    expect(await ci.ended(name)).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('push again or rerun'),
      jobs: [{ name: 'one', state: 'failed' }],
    });
    expect(await markedProcesses(markOf(mark))).toEqual([]);
    await fs.writeFile(gate(), '');
    await started.engine.retryCi(name, running.id);
    expect(await ci.ended(name)).toMatchObject({ state: 'succeeded' });
  });

  it('calls the job failed when only the executor is killed', async () => {
    const { name } = await ci.create(gated(gate()));
    const running = await ci.jobRuns(name, 'one');
    const { runner, mark } = await ci.record(name, running);
    for (const pid of await markedProcesses(markOf(mark)))
      if (pid !== runner.pid) send(pid, 'SIGKILL');
    expect(await ci.ended(name)).toMatchObject({
      state: 'failed',
      reason: expect.any(String),
      jobs: [{ name: 'one', state: 'failed' }],
    });
  });

  it('picks running CI up after a restart, without starting it twice', async () => {
    const { name } = await ci.create(gated(gate()));
    const running = await ci.jobRuns(name, 'one');
    const { runner } = await ci.record(name, running);
    await started.restart();
    expect((await ci.record(name, running)).runner).toEqual(runner);
    expect(await ci.jobRuns(name, 'one')).toMatchObject({ id: running.id });
    await fs.writeFile(gate(), '');
    const pipeline = await ci.ended(name);
    expect(pipeline).toMatchObject({ id: running.id, state: 'succeeded' });
    expect(await ci.log(name, pipeline, 'one')).toMatch(/begun\nover\n$/);
    expect(await ci.list(name)).toHaveLength(1);
  });

  it('picks it up also if the old portal had no time to note the process', async () => {
    const { name } = await ci.create(gated(gate()));
    const running = await ci.jobRuns(name, 'one');
    const { runner } = await ci.record(name, running);
    await started.engine.close();
    const file = path.join(ci.folder(name, running), 'pipeline.json');
    const record = await ci.record(name, running);
    await fs.writeFile(file, JSON.stringify({ ...record, runner: undefined }));
    await started.restart();
    await fs.writeFile(gate(), '');
    expect(await ci.ended(name)).toMatchObject({ state: 'succeeded' });
    expect(await markedProcesses(markOf(record.mark))).not.toContain(
      runner.pid,
    );
    expect(await ci.list(name)).toHaveLength(1);
  });

  it('takes over the result of CI that ended while the portal was away', async () => {
    const { name } = await ci.create(gated(gate()));
    const running = await ci.jobRuns(name, 'one');
    const { mark } = await ci.record(name, running);
    await started.engine.close();
    await fs.writeFile(gate(), '');
    while ((await markedProcesses(markOf(mark))).length > 0) await sleep(100);
    await started.restart();
    expect(await ci.ended(name)).toMatchObject({
      id: running.id,
      state: 'succeeded',
      jobs: [{ state: 'succeeded' }],
    });
  });

  it('ends CI with a reason when the machine went down with it', async () => {
    const { name } = await ci.create(gated(gate()));
    const running = await ci.jobRuns(name, 'one');
    const { mark } = await ci.record(name, running);
    await started.engine.close();
    // One of them may end by itself once another is gone.
    for (const pid of await markedProcesses(markOf(mark))) send(pid, 'SIGKILL');
    await started.restart();
    expect(await ci.ended(name)).toMatchObject({
      id: running.id,
      state: 'failed',
      reason: expect.stringMatching(/machine stopped .* push again or rerun/),
    });
  });

  it('runs CI that waited or was being prepared when the portal ended', async () => {
    const { name } = await ci.create(gated(gate()));
    const running = await ci.jobRuns(name, 'one');
    const waiting = await started.engine.retryCi(name, running.id);
    await started.restart();
    await fs.writeFile(gate(), '');
    await ci.until(
      name,
      ({ id, state }) => id === waiting.id && state === 'succeeded',
    );
    expect(await ci.list(name)).toHaveLength(2);
  });

  it('starts CI for a push whose portal died before it could, once', async () => {
    const { name } = await ci.create({
      '.gitlab-ci.yml': 'a: { script: [echo a] }\n',
    });
    await ci.ended(name);
    await started.engine.close();
    const commit = await ci.commitBehindThePortal(name, { 'a.txt': 'a' });
    await ci.commitBehindThePortal(name, { 'b.txt': 'b' }, 'feature/b');
    await started.restart();
    await ci.until(name, () => true);
    const started2 = await ci.list(name);
    expect(started2.map(({ branch }) => branch).sort()).toEqual([
      'feature/b',
      'main',
      'main',
    ]);
    expect(started2.map(one => one.commit)).toContain(commit);
    await started.restart();
    expect(await ci.list(name)).toHaveLength(3);
  });

  it('leaves the branch alone when the client dies in the middle of a push', async () => {
    const { name, headCommit } = await ci.create({});
    const url = new URL(`${started.baseUrl}/${name}.git`);
    url.username = 'me';
    url.password = TOKEN;
    const folder = path.join(started.home, 'pusher');
    const run = promisify(execFile);
    await run('git', ['clone', '--quiet', url.toString(), folder]);
    await fs.writeFile(
      path.join(folder, 'big'),
      Buffer.alloc(8 * 1024 * 1024, 'x'),
    );
    await run(
      'bash',
      [
        '-c',
        'head -c 8000000 /dev/urandom > big && git add . && git -c user.name=a -c user.email=a@b commit -qm big',
      ],
      { cwd: folder },
    );
    const push = spawn('git', ['push', '--quiet'], {
      cwd: folder,
      detached: true,
      stdio: 'ignore',
    });
    await sleep(30);
    process.kill(-push.pid!, 'SIGKILL');
    await run('git', ['fsck'], {
      cwd: path.join(started.home, 'git', `${name}.git`),
    });
    const { headCommit: now } = await started.engine.getRepository(name, {
      signal,
    });
    const { stdout } = await run('git', ['rev-parse', 'HEAD'], { cwd: folder });
    expect([headCommit, stdout.trim()]).toContain(now);
    await run('git', ['push', '--quiet'], { cwd: folder });
    const after = await started.engine.getRepository(name, { signal });
    expect(after.headCommit).toBe(stdout.trim());
  });

  it('leaves no process and no file of a repository that is deleted while its CI runs', async () => {
    const { name } = await ci.create({
      '.gitlab-ci.yml': `
one: { script: ["trap '' TERM; setsid sleep 600 & echo begun; sleep 600"] }
`,
    });
    const running = await ci.jobRuns(name, 'one');
    const { mark } = await ci.record(name, running);
    await started.engine.deleteRepository(name, {
      signal: new AbortController().signal,
    });
    expect(await markedProcesses(markOf(mark))).toEqual([]);
    expect(await fs.readdir(path.join(started.home, 'git'))).toEqual([]);
    expect(await fs.readdir(path.join(started.home, 'ci'))).not.toContain(name);
  });

  it('clears the CI of a repository whose deletion was interrupted', async () => {
    const { name } = await ci.create(gated(gate()));
    const running = await ci.jobRuns(name, 'one');
    const { mark } = await ci.record(name, running);
    await started.engine.close();
    await fs.rm(path.join(started.home, 'git', `${name}.git`), {
      recursive: true,
    });
    await started.restart();
    expect(await markedProcesses(markOf(mark))).toEqual([]);
    expect(await fs.readdir(path.join(started.home, 'ci'))).not.toContain(name);
  });
});

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { after, before, describe, it } from 'node:test';
import { livePid, processesOf, startTicks } from '../portal/processes.mjs';
import { isReady } from '../portal/start.mjs';
import { portalOf, ROOT, withHome } from './command.mjs';
import { reservePort } from './ports.mjs';

const MINUTES = 60_000;

/** One portal, in a folder whose name has blanks and Persian letters. */
describe('a portal', { timeout: 10 * MINUTES }, () => {
  let folder;
  let home;
  let env;
  const pidFile = () => join(home, 'portal.pid');
  const gatewayFile = () => join(home, 'gateway', 'gateway.pid');
  const until = async (what, look) => {
    for (const end = Date.now() + 4 * MINUTES; Date.now() < end; ) {
      const seen = await look();
      if (seen) return seen;
      await pause(100);
    }
    return assert.fail(`${what} was not seen within four minutes`);
  };
  const gateway = () =>
    until('a gateway', async () => {
      if (!existsSync(gatewayFile())) return undefined;
      const { pid, startTicks: ticks } = JSON.parse(
        readFileSync(gatewayFile(), 'utf8'),
      );
      return startTicks(pid) === String(ticks) && pid;
    });

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'portal-running-'));
    home = join(folder, 'خانهٔ من (my data)');
    env = {
      PORTAL_HOME: home,
      PORTAL_PORT: String(await reservePort()),
      PORTAL_GATEWAY_PORT: String(await reservePort()),
      UV_CACHE_DIR:
        process.env.UV_CACHE_DIR ?? join(tmpdir(), 'portal-e2e-packages'),
    };
  });
  after(async () => {
    await portalOf(['stop'], env);
    rmSync(folder, { recursive: true, force: true });
  });

  it('is started once by two who start it at the same time', async () => {
    const both = await Promise.all([
      portalOf(['start'], env),
      portalOf(['start'], env),
    ]);
    for (const { code, stderr } of both) assert.equal(code, 0, stderr);
    const said = both.map(({ stdout }) => stdout).sort();
    assert.match(said[0], /The portal is ready: http/);
    assert.match(said[1], /^The portal runs: http/);
    assert.match(
      both.map(({ stderr }) => stderr).join(''),
      /process \d+ starts the portal already; waiting for it/,
    );
    const backends = processesOf(home).filter(pid =>
      readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('backend/src'),
    );
    assert.deepEqual(backends, [livePid(pidFile())]);
  });

  it('is started again after a kill, and leaves a program alone that has got its number', async () => {
    process.kill(livePid(pidFile()), 'SIGKILL');
    process.kill(await gateway(), 'SIGKILL');
    const other = spawn('sleep', ['300'], { stdio: 'ignore' });
    try {
      const stale = { pid: other.pid, ticks: '1' };
      writeFileSync(pidFile(), JSON.stringify(stale));
      writeFileSync(join(home, 'start.lock'), JSON.stringify(stale));
      writeFileSync(
        gatewayFile(),
        JSON.stringify({ pid: other.pid, startTicks: 1, bootId: 'x', port: 1 }),
      );
      const { code, stderr } = await portalOf(['start'], env);
      assert.equal(code, 0, stderr);
      assert.ok(await isReady(Number(env.PORTAL_PORT)));
      assert.notEqual(await gateway(), other.pid);
      assert.ok(startTicks(other.pid), 'the other program was ended');
    } finally {
      other.kill('SIGKILL');
    }
  });

  it('is not deleted before somebody has typed that it shall be', async () => {
    const silent = await portalOf(['reset'], env);
    assert.equal(silent.code, 1);
    assert.match(silent.stderr, /say --yes to confirm/);
    const asked = spawnSync(
      'script',
      ['-qec', `${ROOT}/portal reset`, '/dev/null'],
      {
        env: { ...process.env, ...env },
        input: 'yes\n',
        encoding: 'utf8',
        timeout: MINUTES,
      },
    );
    assert.match(asked.stdout, /Delete every problem.*Type "delete"/);
    assert.match(asked.stdout, /Nothing was deleted/);
    assert.ok(existsSync(join(home, 'secrets.json')));
    assert.ok(await isReady(Number(env.PORTAL_PORT)), 'it was stopped');
  });

  it('leaves no process when it is stopped, not even one that has gone away from its folder', async () => {
    await gateway();
    const away = spawn('sleep', ['300'], {
      cwd: '/',
      detached: true,
      stdio: 'ignore',
      env: { PORTAL_RUN_FOLDER: join(home, 'runs', 'a') },
    });
    assert.ok(processesOf(home).includes(away.pid));
    const { code, stdout } = await portalOf(['stop'], env);
    assert.equal(code, 0);
    assert.match(stdout, /Stopped: the portal and \d+ processes/);
    assert.deepEqual(processesOf(home), []);
    assert.deepEqual(withHome(home), []);
    assert.match((await portalOf(['status'], env)).stdout, /does not run/);
  });

  it('with hot reload is the only one in its data folder, and is ended by stop', async () => {
    const dev = spawn(join(ROOT, 'portal'), ['dev'], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    dev.stdout.on('data', chunk => {
      said += chunk;
    });
    const ended = new Promise(resolve => dev.on('close', resolve));
    await until('a backend that is reloaded', () =>
      isReady(Number(env.PORTAL_PORT)),
    );
    assert.match(said, /Open http:\/\/localhost:3000/);
    const start = await portalOf(['start'], env);
    assert.equal(start.code, 1);
    assert.match(start.stderr, /\.\/portal dev works in this data folder/);
    const stop = await portalOf(['stop'], env);
    assert.match(stop.stdout, /Stopped: the portal with hot reload/);
    assert.equal(await ended, 0);
    assert.deepEqual(processesOf(home), []);
  });

  it('is gone with all its data after a reset', async () => {
    const { code, stdout } = await portalOf(['reset', '--yes'], env);
    assert.equal(code, 0);
    assert.match(stdout, /Deleted .*خانهٔ من/);
    assert.ok(!existsSync(home));
  });
});

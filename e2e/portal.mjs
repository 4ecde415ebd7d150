import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PortalApi } from '../scripts/demo/api.mjs';
import { livePid } from '../scripts/portal/processes.mjs';
import { secrets, settings } from '../scripts/portal/settings.mjs';
import { reservePort } from '../scripts/tests/ports.mjs';

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Runs `./portal ...` to its end and returns what it said. */
export function portalCommand(args, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(join(ROOT, 'portal'), args, {
      env: { ...process.env, ...env },
    });
    let output = '';
    const take = chunk => {
      output += chunk;
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.on('error', reject);
    child.on('close', code => resolve({ code, output }));
  });
}

/**
 * Starts a portal of its own, in a new data folder on ports of its own, with the real command. `tables` is the folder that it may read
 * tables from. Test runs share one package cache, so that packages are fetched once. `within` is the folder in which all of it is
 * made, `name` that of the data folder.
 */
export async function startPortal({ within = tmpdir(), name = 'home' } = {}) {
  const folder = mkdtempSync(join(within, 'portal-e2e-'));
  const home = join(folder, name);
  const tables = join(folder, 'tables');
  mkdirSync(tables);
  const env = {
    PORTAL_HOME: home,
    PORTAL_PORT: String(await reservePort()),
    PORTAL_GATEWAY_PORT: String(await reservePort()),
    PORTAL_FOLDERS: tables,
    UV_CACHE_DIR:
      process.env.UV_CACHE_DIR ?? join(tmpdir(), 'portal-e2e-packages'),
  };
  const start = async () => {
    const started = await portalCommand(['start'], env);
    if (started.code !== 0)
      throw new Error(`the portal did not start:\n${started.output}`);
  };
  const stop = () => portalCommand(['stop'], env);
  const cleanUp = async () => {
    const stopped = await stop();
    rmSync(folder, { recursive: true, force: true });
    return stopped;
  };
  try {
    await start();
  } catch (error) {
    await cleanUp();
    throw error;
  }
  Object.assign(process.env, env);
  const at = settings();
  return {
    at,
    env,
    tables,
    url: at.url,
    api: new PortalApi(at.url, secrets(home).scripts),
    command: args => portalCommand(args, env),
    start,
    stop: cleanUp,
    /** Kills the backend as a power cut would; what it has started goes on. */
    kill: () => process.kill(livePid(at.pidFile), 'SIGKILL'),
  };
}

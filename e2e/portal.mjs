import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { secrets, settings } from '../scripts/portal/settings.mjs';
import { PortalApi } from '../scripts/demo/api.mjs';

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');

function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

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
 * Starts a portal of its own, in a new data folder on free ports, with the real command.
 * Environments and the package cache are shared between test runs through PORTAL_E2E_CACHE where that is set.
 */
export async function startPortal() {
  const home = mkdtempSync(join(tmpdir(), 'portal-e2e-'));
  const env = {
    PORTAL_HOME: home,
    PORTAL_PORT: String(await freePort()),
    PORTAL_GATEWAY_PORT: String(await freePort()),
    PORTAL_FOLDERS: join(ROOT, 'e2e'),
  };
  const started = await portalCommand(['start'], env);
  if (started.code !== 0)
    throw new Error(`the portal did not start:\n${started.output}`);
  Object.assign(process.env, env);
  const at = settings();
  return {
    at,
    env,
    url: at.url,
    api: new PortalApi(at.url, secrets(home).scripts),
    command: args => portalCommand(args, env),
    async stop() {
      const stopped = await portalCommand(['stop'], env);
      rmSync(home, { recursive: true, force: true });
      return stopped;
    },
  };
}

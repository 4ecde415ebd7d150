import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { buildApp, install } from './install.mjs';
import {
  livePid,
  portIsFree,
  startDetached,
  startTicks,
  writePid,
} from './processes.mjs';
import { prepareHome, ROOT, settings, writeConfig } from './settings.mjs';
import { Failure, say, step } from './terminal.mjs';
import { ensurePython, prepareTechdocs, techdocsBin } from './python.mjs';

/** Starts the portal; a second start says that it runs. */
export async function run() {
  const at = settings();
  const running = livePid(at.pidFile);
  if (running && (await isReady(at.port))) {
    console.log(`The portal runs: ${at.url}`);
    return 0;
  }
  prepareHome(at.home);
  if (!running) await checkPorts(at);
  const python = await ensurePython(at.home);
  await install();
  await buildApp();
  prepareTechdocs(at.home, python);
  await step('Starting the portal', () =>
    running ? waitReady(at, running) : startBackend(at),
  );
  console.log(
    `\nThe portal is ready: ${at.url}\n  data: ${at.home}\n  stop: ./portal stop\n  demo: ./portal demo`,
  );
  return 0;
}

async function checkPorts(at) {
  if (!(await portIsFree(at.port))) {
    throw new Failure(
      `port ${at.port} is taken by another program. End it, or choose another one: PORTAL_PORT=7107 ./portal start`,
    );
  }
}

/** Command line and environment of the backend: the sources are transformed as they load, nothing is bundled. */
export function backendCommand(at) {
  const config = writeConfig(at);
  return {
    args: [
      '--require',
      join(ROOT, 'node_modules/@backstage/cli/config/nodeTransform.cjs'),
      'packages/backend/src/index.ts',
      '--config',
      join(ROOT, 'app-config.yaml'),
      '--config',
      config,
    ],
    env: {
      ...process.env,
      PATH: `${techdocsBin(at.home)}:${process.env.PATH}`,
      NODE_ENV: 'production',
      LOG_LEVEL: process.env.LOG_LEVEL ?? 'info',
      NODE_OPTIONS: '--max-old-space-size=2048',
    },
  };
}

async function startBackend(at) {
  const { args, env } = backendCommand(at);
  const child = startDetached(process.execPath, args, {
    cwd: ROOT,
    env,
    logFile: at.logFile,
  });
  writePid(at.pidFile, child.pid);
  await waitReady(at, child.pid);
}

async function waitReady(at, pid) {
  for (
    const until = Date.now() + 120_000;
    Date.now() < until;
    await pause(250)
  ) {
    if (await isReady(at.port)) return;
    if (!startTicks(pid))
      throw new Failure(
        `the portal ended while it started. The end of ${at.logFile}:\n${tail(
          at.logFile,
        )}`,
      );
  }
  throw new Failure(
    `the portal did not become ready within two minutes; see ${at.logFile}`,
  );
}

export async function isReady(port) {
  try {
    const answer = await fetch(
      `http://127.0.0.1:${port}/.backstage/health/v1/readiness`,
      { signal: AbortSignal.timeout(2000) },
    );
    return answer.ok;
  } catch {
    return false;
  }
}

function tail(file) {
  try {
    return readFileSync(file, 'utf8').trim().split('\n').slice(-12).join('\n');
  } catch {
    say(`${file} cannot be read`);
    return '';
  }
}

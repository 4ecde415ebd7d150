import { existsSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { buildApp, install } from './install.mjs';
import {
  livePid,
  portProblem,
  startDetached,
  startTicks,
  writePid,
} from './processes.mjs';
import { prepareHome, ROOT, settings, writeConfig } from './settings.mjs';
import { withStartLock } from './startLock.mjs';
import { Failure, say, step } from './terminal.mjs';
import { ensurePython, prepareTechdocs, techdocsBin } from './python.mjs';

/** What the first start needs for packages and environments, and a later one to go on. */
const FIRST_BYTES = 3e9;
const LATER_BYTES = 2e8;
const MAX_LOG_BYTES = 20_000_000;

/** Starts the portal; a second start says that it runs, or waits for the one that is under way. */
export async function run() {
  const at = settings();
  if (livePid(at.devPidFile))
    throw new Failure(
      './portal dev works in this data folder; end it with ./portal stop first.',
    );
  if (await saysThatItRuns(at)) return 0;
  const later = existsSync(join(at.home, 'envs'));
  prepareHome(at.home, later ? LATER_BYTES : FIRST_BYTES);
  return withStartLock(
    at.lockFile,
    pid => say(`process ${pid} starts the portal already; waiting for it`),
    async () => ((await saysThatItRuns(at)) ? 0 : startHere(at)),
  );
}

async function saysThatItRuns(at) {
  const runs = livePid(at.pidFile) && (await isReady(at.port));
  if (runs) console.log(`The portal runs: ${at.url}`);
  return runs;
}

async function startHere(at) {
  const running = livePid(at.pidFile);
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

/** @throws Failure that names the port which is taken and how to choose another one. */
export async function checkPorts(at) {
  if (at.port === at.gatewayPort)
    throw new Failure(
      `PORTAL_PORT and PORTAL_GATEWAY_PORT are both ${at.port}; give each a port of its own.`,
    );
  await checkPort(at.port, 'PORTAL_PORT', 7107);
  // The gateway of this portal may have outlived it: then the port is rightly taken.
  if (!gatewayRuns(at.home))
    await checkPort(at.gatewayPort, 'PORTAL_GATEWAY_PORT', 7110);
}

async function checkPort(port, variable, other) {
  const problem = await portProblem(port);
  if (!problem) return;
  const what =
    problem === 'EACCES'
      ? `port ${port} is for the system's own programs.`
      : `port ${port} is taken by another program. End it, or`;
  const choose = problem === 'EACCES' ? 'Choose' : 'choose';
  throw new Failure(
    `${what} ${choose} another one: ${variable}=${other} ./portal start`,
  );
}

function gatewayRuns(home) {
  try {
    const { pid, startTicks: ticks } = JSON.parse(
      readFileSync(join(home, 'gateway', 'gateway.pid'), 'utf8'),
    );
    return startTicks(pid) === String(ticks);
  } catch {
    return false;
  }
}

/** The log of earlier starts is kept once. */
function rotateLog(file) {
  if (existsSync(file) && statSync(file).size > MAX_LOG_BYTES)
    renameSync(file, `${file}.1`);
}

/** Command line and environment of the backend: the sources are transformed as they load, nothing is bundled. */
export function backendCommand(at) {
  const config = writeConfig(at);
  return {
    args: [
      // With the room that it may take, Node lets garbage grow to three times what is in use before it tidies up.
      '--heap-growing-percent=50',
      '--require',
      join(ROOT, 'scripts/portal/patientOutput.cjs'),
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
      // Its threads would each keep what they once needed: DuckDB's, SQLite's and those that read files.
      MALLOC_ARENA_MAX: process.env.MALLOC_ARENA_MAX ?? '2',
    },
  };
}

async function startBackend(at) {
  rotateLog(at.logFile);
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

/** What a program said last, stack traces left out: the reason stands before them. */
function tail(file) {
  try {
    return readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .slice(-60)
      .filter(
        line =>
          !/^\s+at |^\s*[\^{}]*$|^Node\.js v|"type":"incomingRequest"/.test(
            line,
          ),
      )
      .map(plainLine)
      .slice(-6)
      .join('\n');
  } catch {
    say(`${file} cannot be read`);
    return '';
  }
}

/** The message alone of a line of the portal's log. */
function plainLine(line) {
  try {
    const { level, message } = JSON.parse(line);
    return `${level}: ${message}`;
  } catch {
    return line;
  }
}

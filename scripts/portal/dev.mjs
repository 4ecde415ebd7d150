import { spawn } from 'node:child_process';
import { install } from './install.mjs';
import { livePid, portIsFree, removeFile, writePid } from './processes.mjs';
import { ensurePython } from './python.mjs';
import { prepareHome, ROOT, settings, writeConfig } from './settings.mjs';
import { checkPorts } from './start.mjs';
import { Failure } from './terminal.mjs';

const APP_PORT = 3000;

/** Hot reload: the app on port 3000, the backend on the portal's port. Ends with Ctrl-C, or with `./portal stop` elsewhere. */
export async function run() {
  const at = settings();
  if (livePid(at.pidFile) || livePid(at.devPidFile))
    throw new Failure(
      'the portal runs already; end it with ./portal stop first.',
    );
  await checkPorts(at);
  if (!(await portIsFree(APP_PORT)))
    throw new Failure(
      `port ${APP_PORT} is taken by another program; end it and start again.`,
    );
  prepareHome(at.home);
  writePid(at.devPidFile, process.pid);
  try {
    await ensurePython(at.home);
    await install();
    console.log(
      `\nOpen http://localhost:${APP_PORT} when the bundler is done. Ctrl-C ends it.\n`,
    );
    return await untilEnded(bundlerAndBackend(at));
  } finally {
    removeFile(at.devPidFile);
  }
}

function bundlerAndBackend(at) {
  const configs = [
    `${ROOT}/app-config.yaml`,
    writeConfig(at),
    `${ROOT}/app-config.development.yaml`,
  ];
  return spawn(
    'yarn',
    ['start', ...configs.flatMap(file => ['--config', file])],
    // A group of its own, so that one signal ends all of it whoever sends it.
    { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'], detached: true },
  );
}

/** Resolves to the exit code once the whole group has ended; being asked to end is no failure. */
function untilEnded(child) {
  return new Promise((resolve, reject) => {
    let asked = false;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
      process.on(signal, () => {
        asked = true;
        process.kill(-child.pid, 'SIGTERM');
      });
    child.on('error', reject);
    child.on('close', code => resolve(asked ? 0 : code ?? 1));
  });
}

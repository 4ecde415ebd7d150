/**
 * Form to first answer on a warm machine, the whole demo, and memory at rest, in one run.
 * The rival of the first training is the same repository's pipeline without a portal: `python pipelines/run.py`.
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { PortalApi } from '../scripts/demo/api.mjs';
import { TRAIN_UNTIL } from '../scripts/demo/dates.mjs';
import { prepareReplay } from '../scripts/demo/replay.mjs';
import { tellTheStory } from '../scripts/demo/story.mjs';
import { livePid, processesOf } from '../scripts/portal/processes.mjs';
import { secrets, settings } from '../scripts/portal/settings.mjs';
import { run as start } from '../scripts/portal/start.mjs';

const FIRST_ANSWER = 'One fixed request';
/** Servers that are no longer wanted have ended by then, and caches of the work before are given back. */
const SETTLE_MS = 20_000;

/** Proportional set size of processes in MB: memory that is shared counts once. */
function memoryOf(pids) {
  const kilobytes = pids.map(pid => {
    try {
      return Number(
        /^Pss:\s+(\d+)/m.exec(
          readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'),
        )[1],
      );
    } catch {
      return 0;
    }
  });
  return kilobytes.reduce((sum, value) => sum + value, 0) / 1024;
}

function processesLike(home, word) {
  return processesOf(home).filter(pid => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(word);
    } catch {
      return false;
    }
  });
}

/** Seconds that the repository's own command takes with its local runner, on the same rows as the first training. */
function runDirectly({ python, folder }) {
  const { PORTAL_URL, PORTAL_TOKEN, ...env } = process.env;
  return new Promise((resolve, reject) => {
    const started = Date.now();
    const child = spawn(python, ['pipelines/run.py'], {
      cwd: folder,
      env: {
        ...env,
        PYTHONPATH: `${folder}/src`,
        OMP_NUM_THREADS: '1',
        PIPELINE_UNTIL: TRAIN_UNTIL,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const output of [child.stdout, child.stderr])
      output.on('data', chunk => {
        said = (said + chunk).slice(-4000);
      });
    child.on('close', code =>
      code === 0
        ? resolve((Date.now() - started) / 1000)
        : reject(new Error(`pipelines/run.py ended with ${code}:\n${said}`)),
    );
  });
}

/** Seconds that the first run of the pipeline worked, without the wait for CI. */
async function firstRunSeconds(api, name) {
  const { items } = await api.get(`mlops/pipelines/${name}/runs?limit=50`);
  const first = items.at(-1);
  return (Date.parse(first.finishedAt) - Date.parse(first.startedAt)) / 1000;
}

const load = () =>
  loadavg()
    .map(value => value.toFixed(1))
    .join(' ');
const before = load();
const at = settings();
if (!livePid(at.pidFile)) await start();
const api = new PortalApi(at.url, secrets(at.home).scripts);
const name = `bench-${Date.now().toString(36)}`;
const times = await tellTheStory({ api, name, at });
const seconds = steps => steps.reduce((sum, [, each]) => sum + each, 0);
const untilAnswer = times.slice(
  0,
  times.findIndex(([title]) => title === FIRST_ANSWER) + 1,
);
const inPortal = await firstRunSeconds(api, name);
const replay = await prepareReplay({ api, name, at });
const direct = await runDirectly(replay.repository);
await replay.remove();
await pause(SETTLE_MS);
const portal = memoryOf([livePid(at.pidFile)]);
const gateway = memoryOf(processesLike(at.home, 'gateway/main'));
const servers = processesLike(at.home, 'mlserver');
const serving = memoryOf(servers);

const line = (what, value) => console.log(`${what.padEnd(52)}${value}`);
console.log(
  `\n${availableParallelism()} of ${
    cpus()[0].model
  }, load before ${before}, after ${load()}\n`,
);
for (const [title, each] of times) line(`  ${title}`, `${each.toFixed(1)} s`);
line(
  'form to first answer (goal 90 s)',
  `${seconds(untilAnswer).toFixed(1)} s`,
);
line('the whole demo (goal 300 s)', `${seconds(times).toFixed(1)} s`);
line('first run of the pipeline in the portal', `${inPortal.toFixed(1)} s`);
line('the same pipeline without a portal', `${direct.toFixed(1)} s`);
line('ratio', (inPortal / direct).toFixed(2));
line('memory at rest: portal', `${portal.toFixed(0)} MB`);
line('memory at rest: gateway', `${gateway.toFixed(0)} MB`);
line(
  `memory at rest: ${servers.length} processes of model servers`,
  `${serving.toFixed(0)} MB (proportional set size)`,
);

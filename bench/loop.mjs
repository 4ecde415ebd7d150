/**
 * Form to first answer on a warm machine, the whole demo, and memory at rest, in one run.
 * The rival of the first training is the same repository's pipeline without a portal: `python pipelines/run.py`.
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { PortalApi } from '../scripts/demo/api.mjs';
import { tellTheStory } from '../scripts/demo/story.mjs';
import { prepareReplay } from '../scripts/demo/replay.mjs';
import { livePid, processesOf } from '../scripts/portal/processes.mjs';
import { secrets, settings } from '../scripts/portal/settings.mjs';
import { run as start } from '../scripts/portal/start.mjs';

const FIRST_ANSWER = 'One fixed request';
const TRAINING = 'The first training';

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

function runDirectly({ python, folder }) {
  const { PORTAL_URL, PORTAL_TOKEN, ...env } = process.env;
  return new Promise((resolve, reject) => {
    const started = Date.now();
    const child = spawn(python, ['pipelines/run.py'], {
      cwd: folder,
      env: { ...env, PYTHONPATH: `${folder}/src`, OMP_NUM_THREADS: '1' },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    child.on('close', code =>
      code === 0
        ? resolve((Date.now() - started) / 1000)
        : reject(new Error(`pipelines/run.py ended with ${code}`)),
    );
  });
}

const at = settings();
if (!livePid(at.pidFile)) await start();
const api = new PortalApi(at.url, secrets(at.home).scripts);
const name = `bench-${Date.now().toString(36)}`;
const times = await tellTheStory({ api, name, at });
const until = title =>
  times
    .slice(0, times.findIndex(([each]) => each === title) + 1)
    .reduce((sum, [, seconds]) => sum + seconds, 0);
const whole = times.reduce((sum, [, seconds]) => sum + seconds, 0);
const training = times.find(([title]) => title === TRAINING)[1];
const direct = await runDirectly(
  (
    await prepareReplay({ api, name, at })
  ).repository,
);
const portal = memoryOf([livePid(at.pidFile)]);
const serving = memoryOf(
  processesOf(at.home).filter(pid => pid !== livePid(at.pidFile)),
);

console.log(`
form to first answer   ${until(FIRST_ANSWER).toFixed(1)} s
whole demo             ${whole.toFixed(1)} s
training in the portal ${training.toFixed(
  1,
)} s, the same pipeline without a portal ${direct.toFixed(1)} s, ratio ${(
  training / direct
).toFixed(2)}
memory at rest         portal ${portal.toFixed(
  0,
)} MB, gateway and model servers ${serving.toFixed(
  0,
)} MB (proportional set size)`);

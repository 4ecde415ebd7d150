import { isReady } from './start.mjs';
import { livePid, processesOf } from './processes.mjs';
import { settings } from './settings.mjs';

export async function run() {
  const at = settings();
  const pid = livePid(at.pidFile);
  const state = pid
    ? (await isReady(at.port))
      ? 'answers'
      : 'starts or does not answer'
    : 'does not run';
  console.log(
    `The portal ${state}${pid ? ` (pid ${pid}): ${at.url}` : '.'}\n  data: ${
      at.home
    }\n  other processes: ${
      processesOf(at.home).filter(other => other !== pid).length
    }`,
  );
  return pid ? 0 : 3;
}

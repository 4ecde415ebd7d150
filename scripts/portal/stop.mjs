import {
  endProcesses,
  livePid,
  processesOf,
  removeFile,
} from './processes.mjs';
import { settings } from './settings.mjs';

/** Ends the portal first, so that it starts nothing new, then the gateway, model servers, runs and CI jobs. */
export async function run() {
  const at = settings();
  const starting = livePid(at.lockFile);
  if (starting) await endProcesses([starting], 5);
  removeFile(at.lockFile);
  const portal = livePid(at.pidFile);
  if (portal) await endProcesses([portal], 15);
  removeFile(at.pidFile);
  const dev = livePid(at.devPidFile);
  // It ends its bundler and backend itself.
  if (dev) await endProcesses([dev], 20);
  let ended = 0;
  // What ends may have started something in between: look again until nothing is left.
  for (let round = 0; round < 5; round += 1) {
    const others = processesOf(at.home);
    if (!others.length) break;
    ended += others.length;
    await endProcesses(others, 8);
  }
  const what =
    (portal && 'the portal') ||
    (dev && 'the portal with hot reload') ||
    (starting && 'a start under way');
  const rest = ended === 1 ? '1 process' : `${ended} processes`;
  const told = [what, ended && `${rest} of this data folder`].filter(Boolean);
  console.log(
    told.length ? `Stopped: ${told.join(' and ')}.` : 'Nothing was running.',
  );
  return processesOf(at.home).length ? 1 : 0;
}

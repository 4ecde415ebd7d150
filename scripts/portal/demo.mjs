import { livePid } from './processes.mjs';
import { secrets, settings } from './settings.mjs';
import { Failure } from './terminal.mjs';
import { run as start } from './start.mjs';
import { PortalApi } from '../demo/api.mjs';
import { tellTheStory } from '../demo/story.mjs';

/** The whole loop with the flights problem, over the public API only; starts the portal if it does not run. */
export async function run(args) {
  const at = settings();
  if (!livePid(at.pidFile)) await start();
  const name =
    args.find(arg => !arg.startsWith('--')) ??
    `flight-delay-${new Date().toISOString().slice(5, 16).replace(/\D/g, '')}`;
  if (!/^[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(name))
    throw new Failure(
      `"${name}" is no name for a problem: lower-case letters, digits and dashes, starting with a letter.`,
    );
  const api = new PortalApi(at.url, secrets(at.home).scripts);
  await tellTheStory({ api, name, at });
  return 0;
}

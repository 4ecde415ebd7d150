import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { settings } from './settings.mjs';
import { run as stop } from './stop.mjs';
import { Failure } from './terminal.mjs';

/** Deletes the data folder after a question; refuses a folder that no portal made. */
export async function run(args) {
  const at = settings();
  if (!existsSync(at.home)) {
    console.log(`There is nothing to reset: ${at.home} does not exist.`);
    return 0;
  }
  if (!existsSync(join(at.home, 'secrets.json'))) {
    throw new Failure(
      `${at.home} was not made by the portal; nothing was deleted. Check PORTAL_HOME.`,
    );
  }
  if (!args.includes('--yes')) {
    if (!process.stdin.isTTY)
      throw new Failure(
        'reset deletes every problem, version and prediction of this portal; say --yes to confirm.',
      );
    const ask = createInterface({
      input: process.stdin,
      output: process.stdout,
    });
    const answer = await ask.question(
      `Delete every problem, version and prediction in ${at.home}? Type "delete": `,
    );
    ask.close();
    if (answer.trim() !== 'delete') {
      console.log('Nothing was deleted.');
      return 1;
    }
  }
  await stop();
  rmSync(at.home, { recursive: true, force: true });
  console.log(`Deleted ${at.home}.`);
  return 0;
}

import { setTimeout as wait } from 'node:timers/promises';

export const PATIENCE = 5 * 60_000;

/** Asks again until it is so. */
export async function until<T>(
  ask: () => Promise<T | undefined | false> | T | undefined | false,
  what: string,
  patience = PATIENCE / 2,
): Promise<T> {
  for (const end = Date.now() + patience; Date.now() < end; ) {
    const found = await ask();
    if (found !== undefined && found !== false) {
      return found;
    }
    await wait(50);
  }
  throw new Error(`Not so in time: ${what}`);
}

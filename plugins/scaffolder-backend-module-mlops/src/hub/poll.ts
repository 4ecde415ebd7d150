import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Asks until there is an answer or the time is over (undefined). Rejects when `signal` aborts or `ask`
 * rejects.
 */
export async function pollUntil<T>(
  ask: () => Promise<T | undefined>,
  options: { withinMs: number; everyMs: number; signal?: AbortSignal },
): Promise<T | undefined> {
  const end = Date.now() + options.withinMs;
  for (;;) {
    options.signal?.throwIfAborted();
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() + options.everyMs > end) return undefined;
    await sleep(options.everyMs, undefined, { signal: options.signal });
  }
}

/** Longest wait while an engine does not answer: it is to be known soon that it does again. */
const MOST_AWAY_MS = 10_000;
/** Longest wait after an engine refused: only another request can help. */
const MOST_REFUSED_MS = 60_000;
const REFUSALS = ['InputError', 'ConflictError', 'NotAllowedError'];

/** Whether asking for the same again will be answered the same. */
export function isRefusal(error: unknown): boolean {
  return REFUSALS.includes((error as Error)?.name);
}

/** When what failed is tried again, by name: after 1, 2, 4, ... seconds, and told once rather than each time. */
export class Patience {
  private readonly failed = new Map<
    string,
    { times: number; until: number; message: string }
  >();

  constructor(private readonly now: () => Date) {}

  mayTry(name: string): boolean {
    const known = this.failed.get(name);
    return !known || this.now().getTime() >= known.until;
  }

  /** `news` where it did not fail in the same way before. */
  failure(name: string, error: unknown): { news: boolean; waitMs: number } {
    const before = this.failed.get(name);
    const message = String(error);
    const news = before?.message !== message;
    const times = (news ? 0 : before.times) + 1;
    const waitMs = Math.min(
      isRefusal(error) ? MOST_REFUSED_MS : MOST_AWAY_MS,
      1000 * 2 ** Math.min(times - 1, 10),
    );
    const until = this.now().getTime() + waitMs;
    this.failed.set(name, { times, until, message });
    return { news, waitMs };
  }

  success(name: string): void {
    this.failed.delete(name);
  }
}

import { ServiceUnavailableError } from '@backstage/errors';

/** Failures in a row before an engine is left alone, and for how long. */
const FAILURES = 5;
const OPEN_MS = 15_000;

export type BreakerState = 'closed' | 'open' | 'half-open';

/** Keeps calls away from an engine that does not answer, and lets one through now and then to see whether it does again. */
export class CircuitBreaker {
  private failures = 0;
  private openUntil = 0;
  private probing = false;
  private lastReason = '';

  constructor(
    private readonly name: string,
    private readonly now: () => number = Date.now,
  ) {}

  get state(): BreakerState {
    if (this.failures < FAILURES) return 'closed';
    return this.now() < this.openUntil ? 'open' : 'half-open';
  }

  /** Throws ServiceUnavailableError while the engine is left alone; otherwise the call must end in `succeeded` or `failed`. */
  enter(): void {
    if (this.state === 'closed') return;
    if (this.state === 'half-open' && !this.probing) {
      this.probing = true;
      return;
    }
    const seconds = Math.max(
      1,
      Math.ceil((this.openUntil - this.now()) / 1000),
    );
    throw new ServiceUnavailableError(
      `${this.name} failed ${this.failures} times in a row (${this.lastReason}); it is asked again in ${seconds} s`,
    );
  }

  succeeded(): void {
    this.failures = 0;
    this.probing = false;
  }

  failed(reason: string): void {
    this.failures += 1;
    this.probing = false;
    this.lastReason = reason;
    if (this.failures >= FAILURES) this.openUntil = this.now() + OPEN_MS;
  }

  /** The call ended without saying anything about the engine, e.g. the caller went away. */
  left(): void {
    this.probing = false;
  }
}

import { isError, ServiceUnavailableError } from '@backstage/errors';
import { EngineStatus } from '@mlops-portal/plugin-mlops-common';
import {
  CallOptions,
  Engine,
  EngineInfo,
} from '@mlops-portal/plugin-mlops-node';
import { CircuitBreaker } from './CircuitBreaker';

/** Milliseconds a call may take; what moves files or starts processes gets longer. */
const DEFAULT_TIMEOUT_MS = 10_000;
const TIMEOUTS: Record<string, number> = {
  createRepository: 60_000,
  deleteRepository: 30_000,
  startRun: 30_000,
  stopRun: 20_000,
  apply: 20_000,
  remove: 30_000,
  infer: 25_000,
  ingest: 120_000,
  verify: 120_000,
};

/** Answers of an engine that works: the request was wrong, not the engine. */
const ANSWERS = new Set([
  'InputError',
  'NotFoundError',
  'ConflictError',
  'NotAllowedError',
  'NotImplementedError',
  'NotModifiedError',
]);

/** One engine with a time limit, a breaker and a memory of the last contact around every call. */
export class GuardedEngine<E extends Engine = Engine> {
  /** The engine to call; every method goes through the guard. */
  readonly engine: E;
  private readonly breaker: CircuitBreaker;
  private info?: EngineInfo;
  private lastContact?: string;
  private latencyMs?: number;
  private lastError?: string;

  constructor(
    private readonly contract: string,
    private readonly inner: E,
    private readonly timeouts: Record<string, number> = TIMEOUTS,
  ) {
    this.breaker = new CircuitBreaker(`the ${contract} engine "${inner.id}"`);
    this.engine = new Proxy(inner, {
      get: (target, name) => {
        const value = Reflect.get(target, name);
        if (typeof value !== 'function') return value;
        return async (...args: unknown[]) => {
          this.breaker.enter();
          return await this.call(String(name), args);
        };
      },
    });
  }

  /** Asks the engine what it is; the answer is kept for `status`. Goes past an open breaker; never rejects. */
  async check(signal?: AbortSignal): Promise<void> {
    try {
      await this.call('getInfo', [
        { signal: signal ?? new AbortController().signal },
      ]);
    } catch {
      // the status tells it
    }
  }

  status(): EngineStatus {
    const { info, inner, lastError } = this;
    const failing = lastError !== undefined;
    const reached = this.lastContact ? 'answering' : 'unknown';
    return {
      contract: this.contract,
      id: inner.id,
      title: inner.title,
      version: info?.version,
      capabilities: info?.capabilities ?? {},
      links: info?.links ?? [],
      state: failing ? 'not-answering' : reached,
      reason: lastError,
      lastContact: this.lastContact,
      breaker: this.breaker.state,
      latencyMs: this.latencyMs,
    };
  }

  private async call(name: string, args: unknown[]): Promise<unknown> {
    const caller = (args.at(-1) as Partial<CallOptions> | undefined)?.signal;
    const limit = this.timeouts[name] ?? DEFAULT_TIMEOUT_MS;
    const timeout = AbortSignal.timeout(limit);
    const signal = caller ? AbortSignal.any([caller, timeout]) : timeout;
    const started = performance.now();
    try {
      const method = Reflect.get(this.inner, name) as (
        ...a: unknown[]
      ) => unknown;
      const options = { ...(args.at(-1) as object | undefined), signal };
      const called = method.apply(this.inner, [...args.slice(0, -1), options]);
      const result = await orAborted(Promise.resolve(called), signal);
      this.answered(performance.now() - started);
      if (name === 'getInfo') this.info = result as EngineInfo;
      return result;
    } catch (error) {
      throw this.judge(error, { name, limit, caller, timeout, started });
    }
  }

  private judge(
    error: unknown,
    call: {
      name: string;
      limit: number;
      caller?: AbortSignal;
      timeout: AbortSignal;
      started: number;
    },
  ): unknown {
    if (isError(error) && ANSWERS.has(error.name)) {
      this.answered(performance.now() - call.started);
      return error;
    }
    if (call.caller?.aborted) {
      this.breaker.left();
      return error;
    }
    const reason = call.timeout.aborted
      ? `${call.name} got no answer within ${call.limit / 1000} s`
      : String((error as Error)?.message ?? error);
    this.lastError = reason;
    this.breaker.failed(reason);
    return new ServiceUnavailableError(
      `the ${this.contract} engine "${this.inner.id}" does not answer: ${reason}`,
      isError(error) ? error : undefined,
    );
  }

  private answered(ms: number): void {
    this.breaker.succeeded();
    this.lastError = undefined;
    this.lastContact = new Date().toISOString();
    this.latencyMs = Math.round(ms * 10) / 10;
  }
}

/** An engine that ignores its signal must not hold the caller. */
function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
    work
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', abort));
  });
}

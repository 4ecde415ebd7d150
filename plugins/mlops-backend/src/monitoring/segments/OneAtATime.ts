interface Job<T> {
  answer: Promise<T>;
  /** Ends the work once nobody waits for it. */
  controller: AbortController;
  waiting: number;
}

/**
 * Work that is costly and whose answer is asked for more than once: one at a time, shared by those who ask for the same, given up
 * when the last of them has gone, and remembered for the newest `kept` keys.
 */
export class OneAtATime<T> {
  private readonly known = new Map<string, T>();
  private readonly jobs = new Map<string, Job<T>>();
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly kept: number) {}

  async get(
    key: string,
    signal: AbortSignal,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    signal.throwIfAborted();
    if (this.known.has(key)) return this.remember(key, this.known.get(key)!);
    const job = this.jobs.get(key) ?? this.begin(key, work);
    job.waiting += 1;
    return new Promise<T>((resolve, reject) => {
      const leave = () => {
        job.waiting -= 1;
        if (!job.waiting) {
          // Who asks from now on begins anew.
          if (this.jobs.get(key) === job) this.jobs.delete(key);
          job.controller.abort(signal.reason);
        }
        reject(signal.reason);
      };
      signal.addEventListener('abort', leave, { once: true });
      job.answer
        .then(resolve, reject)
        .finally(() => signal.removeEventListener('abort', leave));
    });
  }

  private begin(
    key: string,
    work: (signal: AbortSignal) => Promise<T>,
  ): Job<T> {
    const controller = new AbortController();
    const answer = this.last
      .then(() => {
        controller.signal.throwIfAborted();
        return work(controller.signal);
      })
      .then(value => this.remember(key, value))
      .finally(() => {
        if (this.jobs.get(key)?.controller === controller)
          this.jobs.delete(key);
      });
    const job: Job<T> = { answer, controller, waiting: 0 };
    this.last = answer.catch(() => {});
    this.jobs.set(key, job);
    return job;
  }

  /** A map keeps the order of insertion: its first key is the one that was not asked for the longest. */
  private remember(key: string, value: T): T {
    this.known.delete(key);
    this.known.set(key, value);
    if (this.known.size > this.kept) {
      this.known.delete(this.known.keys().next().value!);
    }
    return value;
  }
}

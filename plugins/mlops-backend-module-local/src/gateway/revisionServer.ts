import { setTimeout as wait } from 'node:timers/promises';
import { DesiredRevision } from '@mlops-portal/plugin-mlops-node';
import { GatewayConfig } from './config';
import { RefusedVersion, ServerProcess } from './serverProcess';
import { UpstreamAnswer, UpstreamError } from './upstream';

/** A revision that answered this long is well; its next crash is restarted without delay. */
const WELL_AFTER_MS = 60_000;
const END_GRACE_MS = 3_000;

export interface RevisionServerOptions {
  folder: string;
  endpoint: string;
  revision: DesiredRevision;
  config: GatewayConfig;
  /** Called whenever the state has changed. */
  onChange: () => void;
  onRestart: () => void;
  log: (message: string) => void;
}

type State = 'starting' | 'answering' | 'not-answering';

/**
 * Keeps one MLServer with one version alive: takes over a process that is there, else starts one, asks every few seconds
 * whether it answers, and replaces it when it has ended or hangs, ever more slowly while that does not help.
 */
export class RevisionServer {
  state: State = 'starting';
  reason?: string;
  private process?: ServerProcess;
  private failures = 0;
  private refused = false;
  private inFlight = 0;
  private readonly stopping = new AbortController();
  /** Aborted to look at the process at once rather than at the next probe. */
  private attention = new AbortController();
  private supervision?: Promise<void>;

  /** Aborted to try again at once. */
  private impatience = new AbortController();

  constructor(private options: RevisionServerOptions) {}

  get revision(): DesiredRevision {
    return this.options.revision;
  }

  /** Says where the artefact lies now; a server that waits to be started again is started at once. */
  moveTo(revision: DesiredRevision) {
    if (revision.artifact.uri !== this.revision.artifact.uri) {
      this.options = { ...this.options, revision };
      this.impatience.abort();
    }
  }

  get isAnswering(): boolean {
    return this.state === 'answering';
  }

  start() {
    if (!this.stopping.signal.aborted) {
      this.supervision ??= this.supervise();
    }
  }

  /** Asks for a prediction. @throws UpstreamError if the server does not answer in time. */
  async infer(body: string, signal?: AbortSignal): Promise<UpstreamAnswer> {
    if (!this.process) {
      throw new UpstreamError('the server is not up', false);
    }
    this.inFlight += 1;
    try {
      return await this.process.infer(body, signal);
    } catch (error) {
      if (error instanceof UpstreamError) {
        this.attention.abort();
      }
      throw error;
    } finally {
      this.inFlight -= 1;
    }
  }

  /** Ends the process once the requests under way are answered. */
  async stop() {
    const until = Date.now() + this.options.config.timing.requestTimeoutMs;
    while (this.inFlight > 0 && Date.now() < until) {
      await wait(20);
    }
    await this.detach();
    await this.process?.end(END_GRACE_MS);
  }

  /** Stops watching and leaves the process to the next gateway. */
  async detach() {
    this.stopping.abort();
    this.attention.abort();
    await this.supervision;
    this.process?.release();
  }

  private become(state: State, reason?: string) {
    if (this.state !== state || this.reason !== reason) {
      this.state = state;
      this.reason = reason;
      this.options.onChange();
    }
  }

  private async supervise() {
    const { signal } = this.stopping;
    for (let first = true; !signal.aborted; first = false) {
      try {
        this.process = await this.obtain(first);
        const since = Date.now();
        this.become('answering');
        const reason = await this.watch(this.process);
        if (signal.aborted) {
          return;
        }
        const well = Date.now() - since > WELL_AFTER_MS;
        this.failures = well ? 0 : this.failures + 1;
        this.options.onRestart();
        const told = `${reason}; it is started again by itself`;
        this.options.log(`${this.name()}: ${told}`);
        this.become('not-answering', told);
      } catch (error) {
        if (signal.aborted) {
          return;
        }
        this.failures += 1;
        this.refused = error instanceof RefusedVersion;
        const reason = error instanceof Error ? error.message : String(error);
        this.options.log(`${this.name()} cannot be served: ${reason}`);
        this.become('not-answering', reason);
      }
      await this.process?.end(0);
      this.process = undefined;
      await this.backOff();
    }
  }

  private async obtain(mayAdopt: boolean): Promise<ServerProcess> {
    const options = { ...this.options, signal: this.stopping.signal };
    const found = mayAdopt ? await ServerProcess.adopt(options) : undefined;
    if (found) {
      const { pid } = found.identity;
      this.options.log(`${this.name()}: process ${pid} taken over`);
      return found;
    }
    return ServerProcess.launch(options, () => this.attention.abort());
  }

  private name() {
    const { model, version } = this.revision;
    return `Version ${version} of ${model} in endpoint ${this.options.endpoint}`;
  }

  private async backOff() {
    const { timing } = this.options.config;
    const delay = this.refused
      ? timing.refusedDelayMs
      : Math.min(
          timing.maxRestartDelayMs,
          timing.restartDelayMs * 2 ** Math.max(0, this.failures - 1),
        );
    this.refused = false;
    await wait(delay, undefined, {
      signal: AbortSignal.any([this.stopping.signal, this.impatience.signal]),
    }).catch(() => {});
    this.impatience = new AbortController();
  }

  /** Resolves with the reason once the process has to be replaced. */
  private async watch(process: ServerProcess): Promise<string> {
    const { probeIntervalMs, probesBeforeRestart } = this.options.config.timing;
    let misses = 0;
    while (!this.stopping.signal.aborted) {
      // After a miss the next look follows soon: a server that hangs is known within a few time limits.
      await this.untilAttention(
        misses > 0 ? Math.min(250, probeIntervalMs) : probeIntervalMs,
      );
      if (this.stopping.signal.aborted) {
        break;
      }
      if (!process.isAlive) {
        return 'the server has ended';
      }
      if (await process.isReady()) {
        misses = 0;
        this.become('answering');
      } else if (!this.stopping.signal.aborted) {
        misses += 1;
        this.become('not-answering', 'the server does not answer');
      }
      if (misses >= probesBeforeRestart) {
        return `the server has not answered ${misses} times in a row`;
      }
    }
    return 'stopped';
  }

  private async untilAttention(milliseconds: number) {
    await wait(milliseconds, undefined, {
      signal: this.attention.signal,
    }).catch(() => {});
    if (this.attention.signal.aborted) {
      this.attention = new AbortController();
    }
  }
}

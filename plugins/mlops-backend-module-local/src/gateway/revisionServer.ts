import { setTimeout as wait } from 'node:timers/promises';
import { DesiredRevision } from '@mlops-portal/plugin-mlops-node';
import { z } from 'zod';
import { GatewayConfig } from './config';
import { verifyArtifact } from './digest';
import { readJson, writeDurably } from './durableFile';
import { SERVED_FORMATS, serverFiles, startServer } from './mlserver';
import {
  endProcess,
  isAlive,
  ProcessIdentity,
  processIdentitySchema,
} from './processIdentity';
import { Upstream, UpstreamAnswer, UpstreamError } from './upstream';

/** A revision that answered this long is well; its next crash is restarted without delay. */
const WELL_AFTER_MS = 60_000;
const END_GRACE_MS = 3_000;

export const processFileSchema = processIdentitySchema.extend({
  port: z.number().int(),
  sha256: z.string(),
});

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
 * Keeps one MLServer with one version alive: takes over a process that is there, else starts one, loads the version,
 * asks every few seconds whether it answers, and replaces it when it has ended or hangs, ever more slowly while that
 * does not help.
 */
export class RevisionServer {
  state: State = 'starting';
  reason?: string;
  private upstream?: Upstream;
  private identity?: ProcessIdentity;
  private failures = 0;
  private inFlight = 0;
  private readonly stopping = new AbortController();
  private attention = new AbortController();
  private supervision?: Promise<void>;

  constructor(private readonly options: RevisionServerOptions) {}

  get revision(): DesiredRevision {
    return this.options.revision;
  }

  get isAnswering(): boolean {
    return this.state === 'answering';
  }

  get pid(): number | undefined {
    return this.identity?.pid;
  }

  start() {
    if (!this.stopping.signal.aborted) {
      this.supervision ??= this.supervise();
    }
  }

  /** Asks for a prediction. @throws UpstreamError if the server does not answer in time. */
  async infer(body: string, signal?: AbortSignal): Promise<UpstreamAnswer> {
    const upstream = this.upstream;
    if (!upstream) {
      throw new UpstreamError('the server is not up', false);
    }
    this.inFlight += 1;
    try {
      return await upstream.call({
        method: 'POST',
        path: `${this.modelPath()}/infer`,
        body,
        timeoutMs: this.options.config.timing.requestTimeoutMs,
        signal,
      });
    } catch (error) {
      if (error instanceof UpstreamError) {
        // Look at once rather than at the next probe.
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
    await this.end(END_GRACE_MS);
  }

  /** Stops watching and leaves the process to the next gateway. */
  async detach() {
    this.stopping.abort();
    this.attention.abort();
    await this.supervision;
    this.upstream?.close();
  }

  private modelPath() {
    return `/v2/models/${encodeURIComponent(this.options.endpoint)}`;
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
    let adopt = true;
    while (!signal.aborted) {
      try {
        if (!adopt || !(await this.adopt())) {
          await this.launch();
        }
        adopt = false;
        const since = Date.now();
        this.become('answering');
        const reason = await this.watch();
        if (signal.aborted) {
          return;
        }
        this.failures =
          Date.now() - since > WELL_AFTER_MS ? 0 : this.failures + 1;
        this.options.onRestart();
        this.options.log(`${this.name()}: ${reason}; it is started again`);
        this.become('not-answering', reason);
      } catch (error) {
        if (signal.aborted) {
          return;
        }
        adopt = false;
        this.failures += 1;
        const reason = error instanceof Error ? error.message : String(error);
        this.options.log(`${this.name()} cannot be served: ${reason}`);
        this.become('not-answering', reason);
      }
      await this.end(0);
      await this.backOff();
    }
  }

  private name() {
    return `Version ${this.revision.version} of ${this.revision.model} in endpoint ${this.options.endpoint}`;
  }

  private async backOff() {
    const { restartDelayMs, maxRestartDelayMs } = this.options.config.timing;
    const delay = Math.min(
      maxRestartDelayMs,
      restartDelayMs * 2 ** Math.max(0, this.failures - 1),
    );
    await wait(delay, undefined, { signal: this.stopping.signal }).catch(
      () => {},
    );
  }

  /** Takes over the process that an earlier gateway started, if it is the right one and answers. */
  private async adopt(): Promise<boolean> {
    const path = serverFiles(this.options.folder).process;
    const file = processFileSchema.safeParse(
      await readJson(path).catch(() => undefined),
    );
    if (!file.success || !isAlive(file.data)) {
      return false;
    }
    this.identity = { pid: file.data.pid, startTime: file.data.startTime };
    this.upstream = new Upstream(file.data.port);
    const same = file.data.sha256 === this.revision.artifact.sha256;
    if (same && (await this.probe())) {
      this.options.log(`${this.name()}: process ${file.data.pid} taken over`);
      return true;
    }
    await this.end(0);
    return false;
  }

  private async launch() {
    const { revision, config } = this.options;
    if (!SERVED_FORMATS.includes(revision.artifact.format)) {
      throw new Error(
        `the format "${
          revision.artifact.format
        }" is not served here; export the model as ${SERVED_FORMATS.join(
          ' or ',
        )}`,
      );
    }
    await verifyArtifact(revision.artifact);
    let ended: string | undefined;
    const { identity, port } = await startServer({
      ...this.options,
      python: config.python,
      runtimePath: config.runtimePath,
      onExit: how => {
        ended = how;
        this.attention.abort();
      },
    });
    this.identity = identity;
    await writeDurably(
      serverFiles(this.options.folder).process,
      JSON.stringify({ ...identity, port, sha256: revision.artifact.sha256 }),
    );
    this.upstream = new Upstream(port);
    const until = Date.now() + config.timing.startTimeoutMs;
    while (!(await this.ask('/v2/health/live'))) {
      this.stopping.signal.throwIfAborted();
      if (ended || Date.now() > until) {
        throw new Error(
          `the server ${
            ended ? `ended with ${ended}` : 'did not come up in time'
          } while it started; its log tells more`,
        );
      }
      await wait(50);
    }
    await this.load(until);
  }

  private async load(until: number) {
    const name = encodeURIComponent(this.options.endpoint);
    const answer = await this.upstream!.call({
      method: 'POST',
      path: `/v2/repository/models/${name}/load`,
      timeoutMs: Math.max(1_000, until - Date.now()),
      signal: this.stopping.signal,
    });
    if (answer.status !== 200) {
      throw new Error(`the version was not loaded: ${messageOf(answer)}`);
    }
  }

  /** Resolves with the reason once the process has to be replaced. */
  private async watch(): Promise<string> {
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
      if (!this.identity || !isAlive(this.identity)) {
        return 'the server has ended';
      }
      if (await this.probe()) {
        misses = 0;
        this.become('answering');
      } else {
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

  private probe(): Promise<boolean> {
    return this.ask(`${this.modelPath()}/ready`);
  }

  private async ask(path: string): Promise<boolean> {
    try {
      const answer = await this.upstream!.call({
        method: 'GET',
        path,
        timeoutMs: this.options.config.timing.probeTimeoutMs,
        signal: this.stopping.signal,
      });
      return answer.status === 200;
    } catch {
      return false;
    }
  }

  private async end(graceMs: number) {
    const { identity } = this;
    this.upstream?.close();
    this.upstream = undefined;
    if (identity) {
      await endProcess(identity, graceMs);
      this.identity = undefined;
    }
  }
}

/** What a server says in an error: `{ "error": "..." }` or text. */
export function messageOf(answer: UpstreamAnswer): string {
  try {
    const { error } = JSON.parse(answer.body);
    if (typeof error === 'string') {
      return error;
    }
  } catch {
    // Text, shown as it is.
  }
  return `status ${answer.status} ${answer.body.slice(0, 300)}`.trim();
}

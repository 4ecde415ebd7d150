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
} from '../processes';
import { Upstream, UpstreamAnswer } from './upstream';

export const processFileSchema = processIdentitySchema.extend({
  port: z.number().int(),
  sha256: z.string(),
});

/** The version itself cannot be served, however often it is tried. */
export class RefusedVersion extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'RefusedVersion';
  }
}

export interface ServerProcessOptions {
  folder: string;
  endpoint: string;
  revision: DesiredRevision;
  config: GatewayConfig;
  /** Aborted when nobody wants the server any more. */
  signal: AbortSignal;
}

/** One MLServer process with one version in it. It outlives this object: what is known of it is in its folder. */
export class ServerProcess {
  private readonly upstream: Upstream;

  private constructor(
    private readonly options: ServerProcessOptions,
    readonly identity: ProcessIdentity,
    port: number,
  ) {
    this.upstream = new Upstream(port);
  }

  /** The process that an earlier gateway started, if it has the right version and answers; another one there is ended. */
  static async adopt(
    options: ServerProcessOptions,
  ): Promise<ServerProcess | undefined> {
    const path = serverFiles(options.folder).process;
    const file = processFileSchema.safeParse(
      await readJson(path).catch(() => undefined),
    );
    if (!file.success || !isAlive(file.data)) {
      return undefined;
    }
    const { port, sha256, ...identity } = file.data;
    const found = new ServerProcess(options, identity, port);
    const same = sha256 === options.revision.artifact.sha256;
    if (same && (await found.isReady())) {
      return found;
    }
    await found.end(0);
    return undefined;
  }

  /**
   * Starts a process and loads the version into it.
   *
   * @param onExit - called when the process ends, whenever that is.
   * @throws RefusedVersion, or Error with the reason; no process is left then.
   */
  static async launch(
    options: ServerProcessOptions,
    onExit: () => void,
  ): Promise<ServerProcess> {
    const { revision, config } = options;
    if (!SERVED_FORMATS.includes(revision.artifact.format)) {
      const served = SERVED_FORMATS.join(' or ');
      throw new RefusedVersion(
        `the format "${revision.artifact.format}" is not served here; export the model as ${served}`,
      );
    }
    await verifyArtifact(revision.artifact).catch(error => {
      throw new RefusedVersion(error.message, error);
    });
    let ended: string | undefined;
    const { identity, port } = await startServer({
      ...options,
      python: config.python,
      runtimePath: config.runtimePath,
      onExit: how => {
        ended = how;
        onExit();
      },
    });
    const started = new ServerProcess(options, identity, port);
    try {
      await writeDurably(
        serverFiles(options.folder).process,
        JSON.stringify({ ...identity, port, sha256: revision.artifact.sha256 }),
      );
      const deadline = Date.now() + config.timing.startTimeoutMs;
      await started.comeUp(deadline, () => ended);
      await started.load(deadline);
      return started;
    } catch (error) {
      await started.end(0);
      throw error;
    }
  }

  get isAlive(): boolean {
    return isAlive(this.identity);
  }

  /** @throws UpstreamError if it does not answer in time. */
  infer(body: string, signal?: AbortSignal): Promise<UpstreamAnswer> {
    return this.upstream.call({
      method: 'POST',
      path: `${this.modelPath()}/infer`,
      body,
      timeoutMs: this.options.config.timing.requestTimeoutMs,
      signal,
    });
  }

  /** Whether it says, in time, that the version is loaded. */
  isReady(): Promise<boolean> {
    return this.ask(`${this.modelPath()}/ready`);
  }

  /** Closes the connections and leaves the process. */
  release() {
    this.upstream.close();
  }

  async end(graceMs: number) {
    this.upstream.close();
    await endProcess(this.identity, graceMs);
  }

  private modelPath() {
    return `/v2/models/${encodeURIComponent(this.options.endpoint)}`;
  }

  private async comeUp(deadline: number, ended: () => string | undefined) {
    while (!(await this.ask('/v2/health/live'))) {
      this.options.signal.throwIfAborted();
      const how = ended() && `ended with ${ended()}`;
      if (how || Date.now() > deadline) {
        throw new Error(
          `the server ${
            how ?? 'did not come up in time'
          } while it started; its log tells more`,
        );
      }
      await wait(50);
    }
  }

  private async load(deadline: number) {
    const name = encodeURIComponent(this.options.endpoint);
    const answer = await this.upstream.call({
      method: 'POST',
      path: `/v2/repository/models/${name}/load`,
      timeoutMs: Math.max(1_000, deadline - Date.now()),
      signal: this.options.signal,
    });
    if (answer.status !== 200) {
      const reason = `the version was not loaded: ${messageOf(answer)}`;
      // 422 is what the runtime answers when the folder is at fault.
      throw answer.status === 422
        ? new RefusedVersion(reason)
        : new Error(reason);
    }
  }

  private async ask(path: string): Promise<boolean> {
    try {
      const answer = await this.upstream.call({
        method: 'GET',
        path,
        timeoutMs: this.options.config.timing.probeTimeoutMs,
        signal: this.options.signal,
      });
      return answer.status === 200;
    } catch {
      return false;
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

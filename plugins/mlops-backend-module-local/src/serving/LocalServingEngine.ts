import { readFileSync } from 'node:fs';
import {
  LoggerService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import {
  InferenceRequest,
  InferenceResponse,
  inferenceResponseSchema,
} from '@mlops-portal/plugin-mlops-common';
import {
  CallOptions,
  DesiredEndpoint,
  EndpointStatus,
  EngineInfo,
  LogChunk,
  ServingEngine,
} from '@mlops-portal/plugin-mlops-node';
import { z } from 'zod';
import { GatewayConfigInput } from '../gateway/config';
import { GatewayClient, GatewayInfo } from './gatewayClient';
import { GatewayLauncher } from './gatewayLauncher';
import { endpointStatusSchema, logChunkSchema } from './gatewaySchemas';
import { withOwnArtifacts } from './ownArtifacts';

const PACKAGE = '@mlops-portal/plugin-mlops-backend-module-local';
const WATCH_MS = 5_000;
const MAX_WATCH_MS = 60_000;
/** The hub's token may be short-lived, so the gateway gets a new one well before it can expire. */
const TOKEN_MS = 5 * 60_000;
const REMOVE_TIMEOUT_MS = 60_000;
const INFER_TIMEOUT_MS = 45_000;

/** What the engine needs of the package's Python environments. */
export interface ServingEnvironments {
  ensure(
    request: { name: string; requirementsPath: string },
    options: { signal: AbortSignal },
  ): Promise<{ python: string }>;
}

export interface LocalServingEngineOptions {
  /** Data folder of the portal. */
  home: string;
  /** Port of the gateway, on the loopback interface. */
  port: number;
  /** Where the gateway brings captured predictions: `<portalUrl>/api/mlops/serving/events`. */
  portalUrl: string;
  /** Token with which it may write them. Asked again every few minutes. */
  getEventToken: () => Promise<string> | string;
  environments: ServingEnvironments;
  logger: LoggerService;
  /** Deviations from the gateway's defaults. */
  limits?: GatewayConfigInput['limits'];
  timing?: GatewayConfigInput['timing'];
}

/**
 * Serves versions with MLServer on this machine, behind a gateway that is a process of its own: endpoints answer while the
 * portal restarts. The engine starts that gateway, keeps it alive, and otherwise only talks to it.
 */
export class LocalServingEngine implements ServingEngine {
  readonly id = 'local';
  readonly title = 'MLServer on this machine';
  readonly client: GatewayClient;
  private readonly launcher: GatewayLauncher;
  private readonly version: string;
  private ensuring?: Promise<GatewayInfo>;
  private hubToldAt = 0;
  private hubToldPid?: number;
  private watchTimer?: NodeJS.Timeout;
  private readonly closing = new AbortController();

  /** Makes the engine and watches over its gateway from then on; `close` ends the watch and leaves the gateway. */
  static create(options: LocalServingEngineOptions): LocalServingEngine {
    const engine = new LocalServingEngine(options);
    engine.watch();
    return engine;
  }

  private constructor(private readonly options: LocalServingEngineOptions) {
    const manifest = resolvePackagePath(PACKAGE, 'package.json');
    this.version = JSON.parse(readFileSync(manifest, 'utf8')).version;
    this.client = new GatewayClient(options.home, options.port);
    this.launcher = new GatewayLauncher({
      client: this.client,
      home: options.home,
      version: this.version,
      makeConfig: signal => this.makeConfig(signal),
      logger: options.logger,
    });
  }

  async getInfo({ signal }: CallOptions): Promise<EngineInfo> {
    const info = await this.ensure(signal);
    return {
      version: `gateway ${info.version}, MLServer 1.7.1`,
      capabilities: {
        weightedTraffic: true,
        payloadLogging: true,
        survivesRestart: true,
        rollback: true,
        captureWaitingBytes: info.capture.waitingBytes,
        captureDroppedEvents: info.capture.droppedEvents,
      },
      links: [{ title: 'Metrics', url: `${this.client.baseUrl}/metrics` }],
    };
  }

  async apply(
    endpoint: DesiredEndpoint,
    { signal }: CallOptions,
  ): Promise<void> {
    await this.ensure(signal);
    await this.client.call(z.unknown(), {
      method: 'PUT',
      path: this.pathOf(endpoint.name),
      body: await withOwnArtifacts(this.options.home, endpoint),
      signal,
    });
  }

  async getStatus(
    name: string,
    { signal }: CallOptions,
  ): Promise<EndpointStatus> {
    await this.ensure(signal);
    return this.client.call(endpointStatusSchema, {
      path: this.pathOf(name),
      signal,
    });
  }

  async remove(name: string, { signal }: CallOptions): Promise<void> {
    await this.ensure(signal);
    await this.client.call(z.unknown(), {
      method: 'DELETE',
      path: this.pathOf(name),
      timeoutMs: REMOVE_TIMEOUT_MS,
      signal,
    });
  }

  async infer(
    at: { name: string; revisionId?: string },
    request: InferenceRequest,
    { signal }: CallOptions,
  ): Promise<InferenceResponse> {
    await this.ensure(signal);
    const name = encodeURIComponent(at.name);
    return this.client.call(inferenceResponseSchema, {
      method: 'POST',
      path:
        at.revisionId === undefined
          ? `/v2/models/${name}/infer`
          : `${this.pathOf(at.name, at.revisionId)}/infer`,
      asClient: at.revisionId === undefined,
      body: request,
      timeoutMs: INFER_TIMEOUT_MS,
      signal,
    });
  }

  async getLog(
    at: { name: string; revisionId: string; offset: number },
    { signal }: CallOptions,
  ): Promise<LogChunk> {
    await this.ensure(signal);
    return this.client.call(logChunkSchema, {
      path: `${this.pathOf(at.name, at.revisionId)}/log?offset=${at.offset}`,
      signal,
    });
  }

  /** Ends the watch; the gateway and its servers stay. */
  async close() {
    clearTimeout(this.watchTimer);
    this.closing.abort();
    await this.ensuring?.catch(() => {});
  }

  /**
   * Starts the gateway if it does not run and tells it where captured predictions go. Callers share one attempt, which
   * goes on when one of them gives up.
   */
  async ensure(signal: AbortSignal): Promise<GatewayInfo> {
    signal.throwIfAborted();
    this.ensuring ??= this.ensureOnce().finally(() => {
      this.ensuring = undefined;
    });
    const { ensuring } = this;
    return new Promise((resolve, reject) => {
      const abort = () => reject(signal.reason);
      signal.addEventListener('abort', abort, { once: true });
      ensuring
        .then(resolve, reject)
        .finally(() => signal.removeEventListener('abort', abort));
    });
  }

  private async ensureOnce(): Promise<GatewayInfo> {
    const { signal } = this.closing;
    const info = await this.launcher.ensure(signal);
    const known = this.hubToldPid === info.pid;
    if (!known || Date.now() - this.hubToldAt > TOKEN_MS) {
      await this.tellHub(signal);
      this.hubToldAt = Date.now();
      this.hubToldPid = info.pid;
    }
    return info;
  }

  private async tellHub(signal: AbortSignal) {
    const token = await this.options.getEventToken();
    if (!token) {
      this.options.logger.warn(
        'Captured predictions wait on disk: the portal has no token with which the gateway may bring them; set mlops.access.token',
      );
      return;
    }
    await this.client.call(z.unknown(), {
      method: 'PUT',
      path: '/admin/hub',
      body: { url: this.options.portalUrl, token },
      signal,
    });
  }

  private watch() {
    let failures = 0;
    const look = async () => {
      try {
        await this.ensure(this.closing.signal);
        failures = 0;
      } catch (error) {
        if (!this.closing.signal.aborted) {
          failures += 1;
          this.options.logger.warn(`${error}`);
        }
      }
      if (!this.closing.signal.aborted) {
        // What keeps it from starting, such as a missing network, seldom passes in seconds.
        const delay = Math.min(MAX_WATCH_MS, WATCH_MS * 2 ** failures);
        this.watchTimer = setTimeout(look, delay).unref();
      }
    };
    this.watchTimer = setTimeout(look, 0).unref();
  }

  private async makeConfig(signal: AbortSignal): Promise<GatewayConfigInput> {
    const { home, port, portalUrl, limits, timing } = this.options;
    const { python } = await this.options.environments.ensure(
      {
        name: 'serving',
        requirementsPath: resolvePackagePath(
          PACKAGE,
          'python/serving/requirements.txt',
        ),
      },
      { signal },
    );
    return {
      home,
      port,
      portalUrl,
      python,
      runtimePath: resolvePackagePath(PACKAGE, 'python/serving'),
      version: this.version,
      ...(limits ? { limits } : {}),
      ...(timing ? { timing } : {}),
    };
  }

  private pathOf(name: string, revisionId?: string): string {
    const path = `/admin/endpoints/${encodeURIComponent(name)}`;
    return revisionId === undefined
      ? path
      : `${path}/revisions/${encodeURIComponent(revisionId)}`;
  }
}

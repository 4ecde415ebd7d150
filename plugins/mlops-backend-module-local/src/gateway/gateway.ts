import { randomBytes } from 'node:crypto';
import { mkdir, readFile, unlink } from 'node:fs/promises';
import {
  createServer,
  IncomingMessage,
  Server,
  ServerResponse,
} from 'node:http';
import { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { AdminDependencies, answerAdmin, Hub, hubSchema } from './adminRoutes';
import { GatewayConfig, gatewayPaths } from './config';
import { Counters } from './counters';
import { readJson, writeDurably } from './durableFile';
import { Endpoints } from './endpoints';
import { Forwarder } from './forwarder';
import { GatewayError } from './gatewayError';
import { sendError } from './httpServer';
import { MinuteStore } from './minuteStore';
import { identify } from '../processes';
import { answerPublic } from './publicRoutes';
import { Spool } from './spool';

const DRAIN_MS = 5_000;

/** Token of the admin routes, made once per data folder and readable by its owner only. */
export async function ensureAdminToken(home: string): Promise<string> {
  const path = gatewayPaths(home).adminToken;
  const found = await readFile(path, 'utf8').catch(error => {
    if (error.code === 'ENOENT') {
      return '';
    }
    throw error;
  });
  if (found.trim()) {
    return found.trim();
  }
  const token = randomBytes(32).toString('base64url');
  await writeDurably(path, token);
  return token;
}

/**
 * The prediction gateway: stable URLs for clients, one MLServer per revision behind them, captured predictions on their
 * way to the hub. It knows what is wanted from its own disk, so that it answers without the portal.
 */
export class Gateway {
  private readonly server: Server;
  private readonly startedAt = new Date().toISOString();
  private readonly paths: ReturnType<typeof gatewayPaths>;
  private deps?: AdminDependencies;
  private spool?: Spool;
  private forwarder?: Forwarder;
  private counters?: Counters;
  private endpoints?: Endpoints;
  private hub?: Hub;
  private pidFile: object = {};
  private flushTimer?: NodeJS.Timeout;
  private leaving?: Promise<void>;

  constructor(
    private readonly config: GatewayConfig,
    private readonly log: (message: string) => void,
    private readonly onLeft: () => void = () => {},
  ) {
    this.paths = gatewayPaths(config.home);
    this.server = createServer((request, response) => {
      this.answer(request, response).catch(error => {
        if (!(error instanceof GatewayError)) {
          this.log(
            `${request.method} ${request.url} failed: ${error.stack ?? error}`,
          );
        }
        if (!response.headersSent) {
          sendError(response, error);
        } else {
          response.destroy();
        }
      });
    });
    // Clients keep connections; a server that closes them first breaks requests under way.
    this.server.keepAliveTimeout = 75_000;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Resolves once requests are taken. @throws Error in one sentence if the port is taken. */
  async start() {
    await mkdir(this.paths.root, { recursive: true, mode: 0o700 });
    await this.listen();
    const known = { port: this.port, version: this.config.version };
    this.pidFile = { ...identify(process.pid), ...known };
    await writeDurably(this.paths.pid, JSON.stringify(this.pidFile));
    const { timing, limits } = this.config;
    const minutes = new MinuteStore(this.paths.minutes);
    const counters = await Counters.load(this.paths.counters, minutes);
    const spool = await Spool.open({
      folder: this.paths.spool,
      maxBytes: limits.maxSpoolBytes,
      onDropped: event => {
        const of = counters.ofRevision(event.endpoint, event.revision);
        of.dropped += 1;
        of.captured = Math.max(0, of.captured - 1);
      },
      onError: (message, error) => this.log(`${message}: ${error}`),
    });
    const hub = hubSchema.safeParse(
      await readJson(this.paths.hub).catch(() => {}),
    );
    this.hub = hub.success ? hub.data : undefined;
    const forwarder = new Forwarder({
      ...limits,
      spool,
      target: () => this.target(),
      rejectedPath: this.paths.rejected,
      intervalMs: timing.forwardIntervalMs,
      maxDelayMs: timing.maxForwardDelayMs,
      log: this.log,
    });
    const endpoints = new Endpoints({
      config: this.config,
      counters,
      urlOf: name => `http://127.0.0.1:${this.port}/v2/models/${name}/infer`,
      log: this.log,
    });
    await endpoints.load();
    forwarder.start();
    this.flushTimer = setInterval(() => {
      counters
        .flush()
        .catch(error => this.log(`Counters are not kept: ${error}`));
    }, timing.flushCountersMs);
    Object.assign(this, { counters, spool, forwarder, endpoints });
    this.deps = {
      config: this.config,
      counters,
      spool,
      forwarder,
      endpoints,
      adminToken: await ensureAdminToken(this.config.home),
      info: () => this.info(),
      setHub: next => this.setHub(next),
      leave: options => this.leave(options),
    };
    this.log(
      `Gateway ${this.config.version} answers on http://127.0.0.1:${this.port}`,
    );
  }

  /** Stops taking requests, finishes those under way, and ends every server unless they are to be kept. */
  leave(options: { keepServers: boolean }): Promise<void> {
    this.leaving ??= this.finish(options).finally(() => this.onLeft());
    return this.leaving;
  }

  private async finish({ keepServers }: { keepServers: boolean }) {
    clearInterval(this.flushTimer);
    // Whoever wants to start the next gateway waits for this one instead of killing it.
    await writeDurably(
      this.paths.pid,
      JSON.stringify({ ...this.pidFile, leaving: true }),
    ).catch(error => this.log(`${this.paths.pid} is not written: ${error}`));
    const closed = new Promise<void>(resolve =>
      this.server.close(() => resolve()),
    );
    this.server.closeIdleConnections();
    await Promise.race([closed, wait(DRAIN_MS, undefined, { ref: false })]);
    this.server.closeAllConnections();
    // One after the other, and each whatever became of the one before: with a full disk the counters cannot be written.
    for (const step of [
      () => (keepServers ? this.endpoints?.detach() : this.endpoints?.end()),
      () => this.forwarder?.stop(),
      () => this.spool?.close(),
      () => this.counters?.flush(),
      () => unlink(this.paths.pid),
    ]) {
      try {
        await step();
      } catch (error) {
        this.log(`While the gateway ends: ${error}`);
      }
    }
    this.log(keepServers ? 'Gateway ends; its servers stay' : 'Gateway ends');
  }

  private target() {
    return (
      this.hub && {
        token: this.hub.token,
        url: `${this.hub.url.replace(/\/$/, '')}/api/mlops/serving/events`,
      }
    );
  }

  private async setHub(hub: Hub) {
    if (hub.url !== this.hub?.url || hub.token !== this.hub.token) {
      await writeDurably(this.paths.hub, JSON.stringify(hub));
      this.hub = hub;
    }
    this.forwarder?.nudge();
  }

  private info() {
    return {
      version: this.config.version,
      pid: process.pid,
      port: this.port,
      startedAt: this.startedAt,
      endpoints: this.endpoints?.names() ?? [],
      capture: {
        waitingBytes: this.spool?.bytes ?? 0,
        maxBytes: this.config.limits.maxSpoolBytes,
        droppedEvents: this.spool?.droppedEvents ?? 0,
        ...this.forwarder?.status,
      },
    };
  }

  private async answer(request: IncomingMessage, response: ServerResponse) {
    if (!this.deps || this.leaving) {
      throw new GatewayError(
        503,
        'ServiceUnavailableError',
        `The gateway ${
          this.leaving ? 'ends' : 'starts'
        }; try again in a moment`,
        { retryAfterSeconds: 1 },
      );
    }
    const url = new URL(request.url ?? '/', 'http://gateway');
    const answered =
      (await answerPublic(this.deps, url, request, response)) ||
      (await answerAdmin(this.deps, url, request, response));
    if (!answered) {
      throw new GatewayError(
        404,
        'NotFoundError',
        `There is no ${request.method} ${url.pathname} here; clients post to /v2/models/<endpoint>/infer`,
      );
    }
  }

  private listen(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.server.once('error', (error: NodeJS.ErrnoException) => {
        reject(
          error.code === 'EADDRINUSE'
            ? new Error(
                `Port ${this.config.port} is taken by another program; stop it or set PORTAL_GATEWAY_PORT to a free port`,
                { cause: error },
              )
            : error,
        );
      });
      this.server.listen(this.config.port, '127.0.0.1', () => {
        // From now on a connection that cannot be taken, for want of file handles, is no reason to end.
        this.server.on('error', error =>
          this.log(`A connection was not taken: ${error}`),
        );
        resolve();
      });
    });
  }
}

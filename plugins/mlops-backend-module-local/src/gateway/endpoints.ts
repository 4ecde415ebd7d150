import { isDeepStrictEqual } from 'node:util';
import {
  DesiredEndpoint,
  EndpointStatus,
} from '@mlops-portal/plugin-mlops-node';
import { GatewayConfig, gatewayPaths } from './config';
import { Counters } from './counters';
import { EndpointStateFile, isNews, StoredEndpoint } from './endpointState';
import { Endpoint, EndpointServers, neededBy } from './endpointServers';
import { endpointStatus } from './endpointStatus';
import { GatewayError } from './gatewayError';
import { serverFiles } from './mlserver';
import { RevisionServer } from './revisionServer';
import { nextTraffic } from './traffic';

export interface EndpointsOptions {
  config: GatewayConfig;
  counters: Counters;
  /** URL that clients post to. */
  urlOf: (endpoint: string) => string;
  log: (message: string) => void;
}

export function unknownEndpoint(name: string): GatewayError {
  return new GatewayError(
    404,
    'NotFoundError',
    `There is no endpoint "${name}" here; look up its name in the portal`,
  );
}

/** All endpoints: what is wanted, on disk, and the servers that make it so. Changes are made one at a time. */
export class Endpoints {
  private readonly endpoints = new Map<string, Endpoint>();
  private readonly file: EndpointStateFile;
  private readonly servers: EndpointServers;
  private changing: Promise<unknown> = Promise.resolve();
  private ended = false;

  constructor(private readonly options: EndpointsOptions) {
    const paths = gatewayPaths(options.config.home);
    this.file = new EndpointStateFile(paths.state);
    this.servers = new EndpointServers({
      ...options,
      folder: paths.revisions,
      onChange: name => this.settle(name),
    });
  }

  /** Takes up what was wanted and the servers that are still there; ends those that nobody wants. */
  async load() {
    for (const stored of await this.file.read()) {
      this.endpoints.set(stored.desired.name, { stored, servers: new Map() });
    }
    await this.servers.endStrangers(this.endpoints);
    for (const endpoint of this.endpoints.values()) {
      this.servers.reconcile(endpoint);
    }
  }

  names(): string[] {
    return [...this.endpoints.keys()];
  }

  find(name: string): Endpoint {
    const endpoint = this.endpoints.get(name);
    if (!endpoint) {
      throw unknownEndpoint(name);
    }
    return endpoint;
  }

  /** Whether every endpoint has a revision that answers. */
  get ready(): boolean {
    return [...this.endpoints.values()].every(({ stored, servers }) =>
      stored.traffic.some(
        share =>
          share.percent > 0 && servers.get(share.revisionId)?.isAnswering,
      ),
    );
  }

  /** Resolves once the wanted state is on disk; the servers follow. */
  async apply(desired: DesiredEndpoint): Promise<void> {
    await this.change(async () => {
      const endpoint = this.endpoints.get(desired.name);
      if (!isNews(endpoint?.stored.desired, desired)) {
        return;
      }
      const before = endpoint?.stored;
      const next: Endpoint = {
        stored: {
          desired,
          traffic: before?.traffic ?? [],
          kept: before
            ? [...before.kept, ...before.desired.revisions].filter(
                ({ id }) => !desired.revisions.some(wanted => wanted.id === id),
              )
            : [],
        },
        servers: endpoint?.servers ?? new Map(),
      };
      next.stored = this.settled(next);
      await this.save([next]);
      this.endpoints.set(desired.name, next);
      this.servers.reconcile(next);
    });
  }

  async remove(name: string): Promise<void> {
    await this.change(async () => {
      const endpoint = this.endpoints.get(name);
      if (endpoint) {
        // First on disk: where that fails the endpoint is as it was, and can be removed again.
        await this.save([], name);
        this.endpoints.delete(name);
        await this.servers.remove(endpoint);
      }
      await this.servers.removeFiles(name);
    });
  }

  status(name: string): EndpointStatus {
    return endpointStatus({
      ...this.find(name),
      counters: this.options.counters,
      url: this.options.urlOf(name),
    });
  }

  logPath(name: string, revisionId: string): string {
    const known = neededBy(this.find(name));
    if (!known.some(({ id }) => id === revisionId)) {
      throw new GatewayError(
        404,
        'NotFoundError',
        `Endpoint ${name} has no revision "${revisionId}"; it has ${known
          .map(({ id }) => id)
          .join(', ')}`,
      );
    }
    return serverFiles(this.servers.folderOf(name, revisionId)).log;
  }

  /** Ends every server. */
  async end() {
    await this.finish(server => server.stop());
  }

  /** Leaves every server to the next gateway. */
  async detach() {
    await this.finish(server => server.detach());
  }

  private async finish(how: (server: RevisionServer) => Promise<void>) {
    this.ended = true;
    await this.change(async () => {
      const servers = [...this.endpoints.values()].flatMap(e => [
        ...e.servers.values(),
      ]);
      await Promise.all([...servers.map(how), this.servers.retired()]);
    });
  }

  private change<T>(work: () => Promise<T>): Promise<T> {
    const result = this.changing.then(work);
    this.changing = result.catch(() => {});
    return result;
  }

  private async save(changed: Endpoint[], removed?: string) {
    const all = new Map([
      ...this.endpoints,
      ...changed.map(e => [e.stored.desired.name, e] as const),
    ]);
    if (removed !== undefined) {
      all.delete(removed);
    }
    await this.file.write([...all.values()].map(({ stored }) => stored));
  }

  /** The stored endpoint with the shares that are due, and without revisions that nothing needs. */
  private settled({ stored, servers }: Endpoint): StoredEndpoint {
    const traffic = nextTraffic({
      wanted: stored.desired.traffic,
      current: stored.traffic,
      isAnswering: id => servers.get(id)?.isAnswering ?? false,
    });
    const kept = stored.kept.filter(({ id }) =>
      traffic.some(share => share.revisionId === id && share.percent > 0),
    );
    return { ...stored, traffic, kept };
  }

  /** Called whenever a server's state has changed. */
  private settle(name: string) {
    this.change(async () => {
      const endpoint = this.endpoints.get(name);
      if (!endpoint || this.ended) {
        return;
      }
      const stored = this.settled(endpoint);
      if (!isDeepStrictEqual(stored, endpoint.stored)) {
        await this.save([{ ...endpoint, stored }]);
        endpoint.stored = stored;
        this.servers.reconcile(endpoint);
      }
    }).catch(error => {
      this.options.log(
        `Endpoint ${name} cannot move on and tries again: ${error}`,
      );
      // No server need change its state again: with a full disk the shares follow as soon as there is room.
      setTimeout(
        () => this.settle(name),
        this.options.config.timing.retrySaveMs,
      ).unref();
    });
  }
}

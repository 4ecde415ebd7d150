import { join } from 'node:path';
import { DesiredRevision } from '@mlops-portal/plugin-mlops-node';
import { endProcess, ProcessIdentity } from '../processes';
import { GatewayConfig } from './config';
import { Counters } from './counters';
import { StoredEndpoint } from './endpointState';
import { removeServerFiles } from './mlserver';
import { RevisionServer } from './revisionServer';
import { recordedServers, runningServers } from './serverProcesses';

/** What is wanted of an endpoint, and the servers that are there for it by revision. */
export interface Endpoint {
  stored: StoredEndpoint;
  servers: Map<string, RevisionServer>;
}

/** The servers of all endpoints: a process and a folder for each revision. */
export class EndpointServers {
  /** Servers that are about to end, by folder; their successor waits for them. */
  private readonly retiring = new Map<string, Promise<void>>();

  constructor(
    private readonly options: {
      config: GatewayConfig;
      counters: Counters;
      /** Where the folders are, by endpoint and revision. */
      folder: string;
      /** Called whenever the state of a server has changed. */
      onChange: (endpoint: string) => void;
      log: (message: string) => void;
    },
  ) {}

  folderOf(endpoint: string, revisionId: string): string {
    return join(this.options.folder, endpoint, revisionId);
  }

  /** Starts the servers that are missing and ends those that are not needed. */
  reconcile(endpoint: Endpoint): void {
    const { stored, servers } = endpoint;
    const needed = neededBy(endpoint);
    for (const [id, server] of servers) {
      if (!needed.some(revision => revision.id === id)) {
        servers.delete(id);
        this.retire(this.folderOf(stored.desired.name, id), server);
      }
    }
    for (const revision of needed) {
      servers.get(revision.id)?.moveTo(revision);
      if (!servers.has(revision.id)) {
        const server = this.makeServer(stored.desired.name, revision);
        servers.set(revision.id, server);
        const folder = this.folderOf(stored.desired.name, revision.id);
        const before = this.retiring.get(folder) ?? Promise.resolve();
        before.then(() => server.start());
      }
    }
  }

  /** Ends servers of an earlier gateway that no endpoint needs any more. */
  async endStrangers(endpoints: ReadonlyMap<string, Endpoint>): Promise<void> {
    const wanted: ProcessIdentity[] = [];
    for (const recorded of await recordedServers(this.options.folder)) {
      const { endpoint, revision, identity } = recorded;
      if (neededBy(endpoints.get(endpoint)).some(r => r.id === revision)) {
        wanted.push(identity);
      } else {
        await endProcess(identity, 0);
        await removeServerFiles(this.folderOf(endpoint, revision));
      }
    }
    for (const running of await runningServers(this.options.folder)) {
      if (!wanted.some(({ pid }) => pid === running.pid)) {
        await endProcess(running, 0);
      }
    }
  }

  /** Ends what the endpoint has, with its files. */
  async remove({ stored, servers }: Endpoint): Promise<void> {
    await Promise.all([...servers.values()].map(server => server.stop()));
    await this.retired();
    this.options.counters.forget(stored.desired.name);
  }

  /** Removes the files of an endpoint that has no servers. */
  async removeFiles(endpoint: string): Promise<void> {
    await removeServerFiles(join(this.options.folder, endpoint));
  }

  /** Resolves once those that were not needed any more have ended. */
  async retired(): Promise<void> {
    await Promise.all(this.retiring.values());
  }

  private retire(folder: string, server: RevisionServer) {
    const retired = server
      .stop()
      .then(() => removeServerFiles(folder))
      .catch(error => this.options.log(`${folder} did not end: ${error}`))
      .finally(() => this.retiring.delete(folder));
    this.retiring.set(folder, retired);
  }

  private makeServer(endpoint: string, revision: DesiredRevision) {
    const counters = this.options.counters.ofRevision(endpoint, revision.id);
    counters.version = revision.version;
    return new RevisionServer({
      folder: this.folderOf(endpoint, revision.id),
      endpoint,
      revision,
      config: this.options.config,
      onChange: () => this.options.onChange(endpoint),
      onRestart: () => {
        counters.restarts += 1;
      },
      log: this.options.log,
    });
  }
}

/** Revisions whose servers must be there. */
export function neededBy(endpoint: Endpoint | undefined): DesiredRevision[] {
  return endpoint
    ? [...endpoint.stored.desired.revisions, ...endpoint.stored.kept]
    : [];
}

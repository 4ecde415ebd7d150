import { LoggerService } from '@backstage/backend-plugin-api';
import { signatureSchema } from '@mlops-portal/plugin-mlops-common';
import { z } from 'zod';
import { EngineRegistry } from '../engines/EngineRegistry';
import { LeaseStore } from '../jobs/LeaseStore';
import { Loop } from '../jobs/Loop';
import { Outbox } from '../jobs/Outbox';
import { VersionFacts } from './modelEvent';
import { factsOf, gatePassed, VersionRow } from './versionRow';
import { VersionStore } from './VersionStore';

/** Outbox topic: a version has become ready. */
export const VERSION_READY = 'version.ready';

/** How long a version waits for its check after the process that checked it has died. */
const LEASE_MS = 30_000;

const profileSchema = z.looseObject({
  features: z.record(
    z.string(),
    z.looseObject({ importance: z.number().optional() }),
  ),
});

export interface VersionWorkerDeps {
  engines: EngineRegistry;
  leases: LeaseStore;
  outbox: Outbox;
  logger: LoggerService;
  versions: VersionStore;
}

/** Takes what runs left into the artefact store and checks it: pending versions become ready, or failed with the reason. */
export class VersionWorker {
  private readonly loop: Loop;

  constructor(private readonly deps: VersionWorkerDeps) {
    this.loop = new Loop({
      name: 'checking new versions',
      everyMs: 2000,
      logger: deps.logger,
      work: signal => this.round(signal),
    });
  }

  start(): void {
    this.loop.start();
  }

  wake(): void {
    this.loop.wake();
  }

  stop(): Promise<void> {
    return this.loop.stop();
  }

  async round(signal: AbortSignal): Promise<void> {
    for (const { model, version } of await this.deps.versions.due()) {
      if (signal.aborted) return;
      await this.deps.leases.withLease(
        `version/${model}/${version}`,
        LEASE_MS,
        () => this.check(model, version, signal),
      );
    }
  }

  private async check(
    model: string,
    version: number,
    signal: AbortSignal,
  ): Promise<void> {
    const row = await this.deps.versions.row(model, version);
    if (row.state !== 'pending') return;
    try {
      await this.take(row, signal);
    } catch (error) {
      if (signal.aborted) return;
      await this.failed(row, error as Error);
    }
  }

  private async take(row: VersionRow, signal: AbortSignal): Promise<void> {
    const { versions, engines, outbox } = this.deps;
    const { model, version, uri, sha256 } = row;
    const engine = engines.get('artifacts', row.engine);
    const { format } = JSON.parse(row.artifact) as { format: string };
    const artifact = await engine.ingest({ uri, sha256, format }, { signal });
    const read = async (file: string) =>
      (await engine.readFile({ sha256, file }, { signal })).toString('utf8');
    const facts = await withArtifactFacts(factsOf(row), read);
    const stage = gatePassed(row) ? 'candidate' : row.stage;
    const ready = { state: 'ready', artifact, facts, stage } as const;
    await versions.settle(row, ready, trx =>
      outbox.add(VERSION_READY, { model, version }, trx),
    );
    outbox.wake();
  }

  /** A store that does not answer is asked again; an artefact that is not what was registered never becomes ready. */
  private async failed(row: VersionRow, error: Error): Promise<void> {
    const { versions, logger } = this.deps;
    const name = `version ${row.version} of ${row.model}`;
    if (
      !['InputError', 'NotFoundError', 'ConflictError'].includes(error.name)
    ) {
      const wait = Math.min(60_000, 1000 * 2 ** Math.min(row.tries, 6));
      logger.warn(`${name} could not be checked yet: ${error.message}`);
      await versions.postpone(
        row,
        wait,
        `waits for its check: ${error.message}`,
      );
      return;
    }
    const reason = `the artefact was refused: ${error.message}`;
    await versions.settle(
      row,
      { state: 'failed', reason },
      async () => undefined,
    );
  }
}

/** The artefact is the authority on its signature and on what matters to it; a run's report only announces them. */
async function withArtifactFacts(
  facts: VersionFacts,
  read: (file: string) => Promise<string>,
): Promise<VersionFacts> {
  const optional = async (file: string) => {
    try {
      return JSON.parse(await read(file)) as unknown;
    } catch (error) {
      if ((error as Error).name === 'NotFoundError') return undefined;
      throw error;
    }
  };
  const signature = signatureSchema.safeParse(await optional('signature.json'));
  const profile = profileSchema.safeParse(await optional('profile.json'));
  return {
    ...facts,
    signature: signature.success ? signature.data : facts.signature,
    importances: profile.success
      ? Object.fromEntries(
          Object.entries(profile.data.features).map(([name, feature]) => [
            name,
            feature.importance ?? 0,
          ]),
        )
      : facts.importances,
  };
}

import {
  DesiredEndpoint,
  ServingEngine,
} from '@mlops-portal/plugin-mlops-node';
import { isRefusal } from './Patience';
import { secondsBetween } from './secondsBetween';
import { previousChampion, ServingDeps } from './ServingService';
import { EndpointRow, RolloutRow } from './ServingStore';

export interface ReconcilerDeps extends ServingDeps {
  engine: (id: string) => ServingEngine;
}

/** The engine was not asked for longer than this: what happened in between is not known. */
const LOOKED_AWAY_SECONDS = 30;

/** Makes true at the registry and at the engine what the store says of an endpoint. */
export class Reconciler {
  constructor(private readonly deps: ReconcilerDeps) {}

  /** The registry moves aliases and stages with the traffic; told once more after a restart rather than never. */
  async tell(name: string) {
    const row = await this.deps.store.getEndpoint(name);
    if (!row || row.toldGeneration >= row.generation) return;
    const [change] = await this.deps.store.listChanges(name, 1);
    if (change) {
      const loaded = await Promise.all(
        row.traffic.map(t => this.deps.store.getRevision(t.revisionId)),
      );
      await this.deps.registry.noteTraffic({
        model: row.model,
        endpoint: name,
        traffic: change.traffic.map(part => ({
          ...part,
          revision: loaded.find(r => r?.version === part.version)?.id,
        })),
        actor: change.actor,
        reason: change.reason,
        what: change.what,
      });
    }
    await this.deps.store.saveTold(name, row.generation);
  }

  /** Tells the engine what is wanted, and keeps what it says. */
  async reconcile(name: string, signal: AbortSignal) {
    const row = (await this.deps.store.getEndpoint(name))!;
    const engine = this.deps.engine(row.engine);
    const rollout = await this.deps.store.openRollout(name);
    if (row.retired && !rollout) {
      if (row.status?.state !== 'retired') {
        await engine.remove(name, { signal });
        await this.deps.store.saveStatus(name, {
          name,
          state: 'retired',
          url: row.status?.url ?? '',
          generation: row.generation,
          revisions: [],
          observedAt: this.deps.now().toISOString(),
        });
      }
      return;
    }
    const desired = await this.desired(row, rollout);
    if (desired.revisions.length === 0) return;
    const refusal = await this.refusalOf(engine, desired, signal);
    const status = await engine.getStatus(name, { signal });
    if (rollout) await this.startSilence(row, rollout);
    await this.deps.store.saveStatus(name, {
      ...status,
      ...(refusal ? { reason: reasonOf(refusal) } : {}),
    });
    if (refusal) throw refusal;
  }

  /** The engine's refusal of what is wanted: it goes on with what it has, and its state is to be seen beside the reason. */
  private async refusalOf(
    engine: ServingEngine,
    desired: DesiredEndpoint,
    signal: AbortSignal,
  ): Promise<Error | undefined> {
    try {
      await engine.apply(desired, { signal });
      return undefined;
    } catch (error) {
      if (!isRefusal(error)) throw error;
      return error as Error;
    }
  }

  /** Silence counts only while somebody looks: not before the first look, and not over a time when nobody could. */
  private async startSilence(row: EndpointRow, rollout: RolloutRow) {
    const now = this.deps.now();
    const lookedAway =
      secondsBetween(row.observedAt ?? rollout.startedAt, now) >
      LOOKED_AWAY_SECONDS;
    if (rollout.answeredAt === undefined || lookedAway) {
      await this.deps.store.updateRollout(rollout.id, {
        answeredAt: now.toISOString(),
      });
    }
  }

  /** Revisions with traffic, the one that is coming, and the one to go back to. */
  private async desired(
    row: EndpointRow,
    rollout?: RolloutRow,
  ): Promise<DesiredEndpoint> {
    const keep = new Set(row.traffic.map(t => t.revisionId));
    if (rollout) keep.add(rollout.revisionId);
    const before = await previousChampion(this.deps.store, row);
    if (before) keep.add(before);
    const revisions = await Promise.all(
      [...keep].sort().map(id => this.desiredRevision(id)),
    );
    return {
      name: row.name,
      // Loading the coming revision is no change of traffic, but it is one for the engine.
      generation: row.generation * 2 + (rollout && rollout.at < 0 ? 1 : 0),
      revisions,
      traffic: row.traffic,
    };
  }

  private async desiredRevision(id: string) {
    const revision = (await this.deps.store.getRevision(id))!;
    const version = await this.deps.registry.getVersion(
      revision.model,
      revision.version,
    );
    const { uri, sha256, format } = version.artifact;
    return {
      id,
      model: revision.model,
      version: String(revision.version),
      artifact: { uri, sha256, format },
      signature: version.signature,
    };
  }
}

function reasonOf(refusal: Error): string {
  return `The engine goes on with what it has and refuses what is wanted now: ${refusal.message}. To deploy a version or to roll back asks it anew`;
}

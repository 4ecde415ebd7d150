import { LoggerService } from '@backstage/backend-plugin-api';
import {
  canaryChecks,
  CanaryRules,
  decideRollout,
  RolloutDecision,
} from '@mlops-portal/plugin-mlops-common';
import {
  DesiredEndpoint,
  ServingEngine,
} from '@mlops-portal/plugin-mlops-node';
import {
  previousChampion,
  ServingDeps,
  ServingService,
} from './ServingService';
import { EndpointRow, RolloutRow } from './ServingStore';
import { nameOfStep, share } from './traffic';

export interface WorkerDeps extends ServingDeps {
  service: ServingService;
  engine: (id: string) => ServingEngine;
  rules: CanaryRules;
  logger: LoggerService;
}

/** The engine was not asked for longer than this: what happened in between is not known. */
const LOOKED_AWAY_SECONDS = 30;

/**
 * Makes true at the engine what the store says, and moves rollouts on. One round for an endpoint can be repeated at any point:
 * after a restart it does again what was not finished, and the engine's generations keep older rounds out.
 */
export class RolloutWorker {
  private readonly busy = new Set<string>();

  constructor(private readonly deps: WorkerDeps) {}

  async tick(signal: AbortSignal): Promise<void> {
    const rows = await this.deps.store.listEndpoints();
    await Promise.all(rows.map(row => this.round(row.name, signal)));
  }

  async round(name: string, signal: AbortSignal): Promise<void> {
    if (this.busy.has(name)) return;
    this.busy.add(name);
    try {
      await this.tell(name);
      await this.reconcile(name, signal);
      await this.advance(name);
    } catch (error) {
      this.deps.logger.warn(
        `endpoint ${name}: ${error}; tried again in a moment`,
      );
    } finally {
      this.busy.delete(name);
    }
  }

  /** The registry moves aliases and stages with the traffic; told once more after a restart rather than never. */
  private async tell(name: string) {
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

  private async reconcile(name: string, signal: AbortSignal) {
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
    await engine.apply(desired, { signal });
    const status = await engine.getStatus(name, { signal });
    if (rollout) await this.startSilence(row, rollout);
    await this.deps.store.saveStatus(name, status);
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

  private async advance(name: string) {
    const rollout = await this.deps.store.openRollout(name);
    if (!rollout) return;
    const row = (await this.deps.store.getEndpoint(name))!;
    const checked = await this.check(row, rollout);
    const decision = await this.decide(row, { ...rollout, ...checked });
    // A rollout that is over keeps the verdicts it took the last step by; nothing was asked since.
    if (decision.act === 'finish' && rollout.at > 0)
      checked.checks = rollout.checks;
    await this.deps.store.updateRollout(rollout.id, checked);
    await this.execute(row, { ...rollout, ...checked }, decision);
  }

  private async check(
    row: EndpointRow,
    rollout: RolloutRow,
  ): Promise<Pick<RolloutRow, 'checks' | 'answeredAt'>> {
    const now = this.deps.now();
    const seen = row.status?.revisions.find(r => r.id === rollout.revisionId);
    const answering = seen?.state === 'answering' || seen?.state === 'canary';
    const answeredAt = answering ? now.toISOString() : rollout.answeredAt;
    const champion = row.status?.revisions.find(
      r => r.id === rollout.previous.find(t => t.percent > 0)?.revisionId,
    );
    const checks = canaryChecks(
      {
        answering,
        silentSeconds: secondsBetween(answeredAt ?? now.toISOString(), now),
        requests: Math.max(0, (seen?.requests ?? 0) - rollout.base.requests),
        errors: Math.max(0, (seen?.errors ?? 0) - rollout.base.errors),
        p95Ms: seen?.p95Ms,
        championP95Ms: champion?.p95Ms,
      },
      this.deps.rules,
    );
    return { checks, answeredAt };
  }

  private async decide(
    row: EndpointRow,
    rollout: RolloutRow,
  ): Promise<RolloutDecision> {
    const facts = await this.deps.problems.facts(row.model);
    const approval = await this.deps.registry.approvalOf(
      row.model,
      rollout.version,
    );
    const now = this.deps.now();
    return decideRollout(
      {
        steps: rollout.steps,
        at: rollout.at,
        secondsInStep: secondsBetween(rollout.stepSince, now),
        silentSeconds: secondsBetween(
          rollout.answeredAt ?? now.toISOString(),
          now,
        ),
        checks: rollout.checks,
        approval: approval?.state ?? 'none',
        freeShare: this.deps.freeShares[facts.riskClass],
        first: rollout.previous.length === 0,
      },
      this.deps.rules,
    );
  }

  private async execute(
    row: EndpointRow,
    rollout: RolloutRow,
    decision: RolloutDecision,
  ) {
    switch (decision.act) {
      case 'advance':
        await this.moveTo(
          row,
          rollout,
          decision.to,
          rollout.actor,
          rollout.reason,
        );
        return;
      case 'finish':
        await this.deps.store.updateRollout(rollout.id, { state: 'finished' });
        return;
      case 'rollback':
        await this.deps.service.rollback({
          endpoint: row.name,
          reason: decision.because,
          actor: 'policy',
          what: 'auto-rollback',
        });
        return;
      default: {
        const state =
          decision.for === 'approval' ? 'waiting-for-approval' : 'running';
        if (state !== rollout.state)
          await this.deps.store.updateRollout(rollout.id, { state });
      }
    }
  }

  /** Gives the rollout the traffic of one of its steps. */
  async moveTo(
    row: EndpointRow,
    rollout: RolloutRow,
    at: number,
    actor: string,
    reason: string,
  ) {
    const percent = rollout.steps[at];
    const traffic = share(rollout, percent);
    const seen = row.status?.revisions.find(r => r.id === rollout.revisionId);
    const now = this.deps.now().toISOString();
    await this.deps.store.changeTraffic({
      endpoint: row.name,
      expected: row.generation,
      traffic,
      before: 'replaced',
      change: {
        at: now,
        actor,
        reason,
        what: nameOfStep(rollout, percent),
        traffic: await this.deps.service.byVersion(traffic),
      },
      rollout: {
        id: rollout.id,
        at,
        state: 'running',
        stepSince: now,
        base: { requests: seen?.requests ?? 0, errors: seen?.errors ?? 0 },
      },
    });
    this.deps.kick(row.name);
  }
}

function secondsBetween(from: string, to: Date): number {
  return Math.max(0, (to.getTime() - Date.parse(from)) / 1000);
}

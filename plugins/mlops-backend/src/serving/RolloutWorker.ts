import { LoggerService } from '@backstage/backend-plugin-api';
import {
  canaryChecks,
  CanaryRules,
  decideRollout,
  RolloutDecision,
} from '@mlops-portal/plugin-mlops-common';
import { Patience } from './Patience';
import { Reconciler, ReconcilerDeps } from './Reconciler';
import { secondsBetween } from './secondsBetween';
import { ServingService } from './ServingService';
import { EndpointRow, RolloutRow } from './ServingStore';
import { nameOfStep, share } from './traffic';

export interface WorkerDeps extends ReconcilerDeps {
  service: ServingService;
  rules: CanaryRules;
  logger: LoggerService;
}

/**
 * Moves rollouts on, after the engine has been told what is wanted. One round for an endpoint can be repeated at any point: after
 * a restart it does again what was not finished, and the engine's generations keep older rounds out.
 */
export class RolloutWorker {
  private readonly busy = new Set<string>();
  private readonly patience: Patience;
  private readonly reconciler: Reconciler;

  constructor(private readonly deps: WorkerDeps) {
    this.patience = new Patience(deps.now);
    this.reconciler = new Reconciler(deps);
  }

  async tick(signal: AbortSignal): Promise<void> {
    const rows = await this.deps.store.listEndpoints();
    await Promise.all(
      rows
        .filter(({ name }) => this.patience.mayTry(name))
        .map(({ name }) => this.round(name, signal)),
    );
  }

  /** One round at once, e.g. because somebody has acted. */
  async round(name: string, signal: AbortSignal): Promise<void> {
    if (this.busy.has(name)) return;
    this.busy.add(name);
    try {
      await this.reconciler.tell(name);
      await this.reconciler.reconcile(name, signal);
      await this.advance(name);
      this.patience.success(name);
    } catch (error) {
      const { news } = this.patience.failure(name, error);
      if (news) {
        this.deps.logger.warn(
          `endpoint ${name}: ${error}; tried again, ever more slowly while it stays so`,
        );
      }
    } finally {
      this.busy.delete(name);
    }
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

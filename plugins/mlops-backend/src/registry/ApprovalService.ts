import { ConflictError, NotAllowedError } from '@backstage/errors';
import { Approval, Condition } from '@mlops-portal/plugin-mlops-common';
import { fromJson, orAbsent } from '../database/values';
import { ProblemsSlice } from '../slices';
import { Outbox } from '../jobs/Outbox';
import { ApprovalRow, ApprovalStore } from './ApprovalStore';
import { conditionsOf } from './conditions';
import { mergeConditions } from './mergeConditions';
import { factsOf, VersionRow } from './versionRow';
import { VersionStore } from './VersionStore';

/** Outbox topic: an approval was decided. */
export const APPROVAL_DECIDED = 'approval.decided';

export interface ApprovalServiceDeps {
  approvals: ApprovalStore;
  versions: VersionStore;
  outbox: Outbox;
  problems: Pick<ProblemsSlice, 'facts'>;
  /** Version with all traffic of the endpoint's model. */
  productionOf(model: string): Promise<VersionRow | undefined>;
  selfApprovalAllowed: boolean;
}

export interface DecisionRequest {
  decision: 'approve' | 'refuse';
  reason: string;
  exception: boolean;
  actor: string;
  /** Rejects with NotAllowedError where the actor may not approve against a condition. */
  mayExcept(): Promise<void>;
}

/** Asks for and decides on approvals: apart from stages, by somebody other than the requester, each decided once. */
export class ApprovalService {
  constructor(private readonly deps: ApprovalServiceDeps) {}

  /** A request that waits or was approved for this version is returned as it is. */
  async request(asked: {
    model: string;
    version: number;
    endpoint: string;
    reason: string;
    actor: string;
  }): Promise<Approval> {
    const { versions, approvals, problems, productionOf } = this.deps;
    const { model, version, endpoint } = asked;
    const row = await versions.row(model, version);
    if (row.state === 'failed') {
      throw new ConflictError(
        `version ${version} of ${model} cannot be approved: ${row.reason}`,
      );
    }
    const newest = await approvals.newest(model, version);
    if (newest?.state === 'approved' && newest.endpoint === endpoint) {
      return await this.view(newest);
    }
    const facts = await problems.facts(model);
    const production = await productionOf(model);
    const made = await approvals.request({
      model,
      version,
      endpoint,
      riskClass: facts.riskClass,
      requestedBy: asked.actor,
      reason: asked.reason,
      metric: metricOf(row, production),
    });
    return await this.view(made);
  }

  async decide(id: string, asked: DecisionRequest): Promise<Approval> {
    const row = await this.deps.approvals.row(id);
    if (row.state !== 'waiting') throw this.tooLate(row);
    const { actor, reason } = asked;
    const conditions = await this.conditions(row, actor);
    this.refuseSelfApproval(row, actor);
    const exception =
      asked.decision === 'approve' &&
      (await this.needsException(row, conditions, asked));
    const state = asked.decision === 'approve' ? 'approved' : 'refused';
    const { model, version } = row;
    const decided = await this.deps.approvals.decide(
      id,
      { state, actor, reason, exception, conditions },
      async trx => {
        await this.deps.versions.transition(
          {
            model,
            version,
            actor,
            what: 'approval',
            from: 'waiting',
            to: exception ? `${state} with an exception` : state,
            reason,
          },
          trx,
        );
        await this.deps.outbox.add(APPROVAL_DECIDED, { id }, trx);
      },
    );
    const now = await this.deps.approvals.row(id);
    if (!decided) throw this.tooLate(now);
    this.deps.outbox.wake();
    return await this.view(now);
  }

  /** Ends waiting requests for a version that left the endpoint before anybody decided. */
  async withdraw(
    model: string,
    version: number,
    by: { actor: string; reason: string },
  ): Promise<void> {
    const waiting = (await this.deps.approvals.ofModel(model)).filter(
      row => row.version === version && row.state === 'waiting',
    );
    for (const row of waiting) {
      const conditions = await this.conditions(row);
      await this.deps.approvals.decide(
        row.id,
        { state: 'withdrawn', exception: false, conditions, ...by },
        async () => undefined,
      );
    }
  }

  async view(row: ApprovalRow): Promise<Approval> {
    return {
      id: row.id,
      model: row.model,
      version: row.version,
      endpoint: row.endpoint,
      state: row.state,
      riskClass: row.risk_class,
      requestedBy: row.requested_by,
      requestedAt: row.requested_at,
      reason: row.reason,
      decidedBy: orAbsent(row.decided_by),
      decidedAt: orAbsent(row.decided_at),
      decisionReason: orAbsent(row.decision_reason),
      exception: Boolean(row.exception),
      conditions:
        row.conditions === null
          ? await this.conditions(row)
          : mergeConditions(fromJson<Condition[]>(row.conditions, [])),
      fourEyesWaived: this.deps.selfApprovalAllowed,
      metric: fromJson<Approval['metric']>(row.metric, undefined),
    };
  }

  private async conditions(
    row: ApprovalRow,
    decidedBy?: string,
  ): Promise<Condition[]> {
    const version = await this.deps.versions.row(row.model, row.version);
    const production = await this.deps.productionOf(row.model);
    const other = production && production.version !== row.version;
    return conditionsOf({
      state: version.state,
      sha256: version.sha256,
      facts: factsOf(version),
      primaryMetric: version.primary_metric,
      production: other
        ? {
            version: production.version,
            signature: factsOf(production).signature,
          }
        : undefined,
      requestedBy: row.requested_by,
      decidedBy,
      selfApprovalAllowed: this.deps.selfApprovalAllowed,
    });
  }

  private refuseSelfApproval(row: ApprovalRow, actor: string): void {
    if (actor !== row.requested_by || this.deps.selfApprovalAllowed) return;
    throw new NotAllowedError(
      `${actor} asked for this approval and cannot decide on it: somebody else must (mlops.approvals.allowSelfApproval waives the rule)`,
    );
  }

  private async needsException(
    row: ApprovalRow,
    conditions: Condition[],
    asked: DecisionRequest,
  ): Promise<boolean> {
    const { version, model } = row;
    const { state, reason } = await this.deps.versions.row(model, version);
    if (state !== 'ready') {
      throw new ConflictError(
        `version ${version} of ${model} is ${state}${
          reason ? ` (${reason})` : ''
        }: only a ready one can be approved`,
      );
    }
    const open = conditions.filter(condition => condition.state !== 'met');
    if (!open.length) return false;
    if (!asked.exception) {
      const names = open.map(c => `${c.condition} (${c.state})`).join(', ');
      throw new ConflictError(
        `version ${version} of ${model} does not meet every condition: ${names}. Refuse it, or approve with an exception and a reason`,
      );
    }
    await asked.mayExcept();
    return true;
  }

  private tooLate(row: ApprovalRow): ConflictError {
    return new ConflictError(
      `${row.decided_by} has already decided on version ${row.version} of ${row.model}: it was ${row.state} at ${row.decided_at}`,
    );
  }
}

function metricOf(
  row: VersionRow,
  production: VersionRow | undefined,
): Approval['metric'] {
  const name = row.primary_metric;
  if (name === null) return undefined;
  const facts = factsOf(row);
  const value = facts.metrics[name];
  if (value === undefined) return undefined;
  // The run compared both on the same rows; what production scored on its own rows would be another comparison.
  const champion = production ? facts.champion[name] : undefined;
  return { name, value, ...(champion !== undefined ? { champion } : {}) };
}

import { randomUUID } from 'node:crypto';
import { NotFoundError } from '@backstage/errors';
import {
  Approval,
  ApprovalState,
  Condition,
  RiskClass,
} from '@mlops-portal/plugin-mlops-common';
import { Knex } from 'knex';
import { nameHas } from '../database/nameHas';
import { countOf, isoTime, toJson } from '../database/values';

export interface ApprovalRow {
  id: string;
  model: string;
  version: number;
  endpoint: string;
  state: ApprovalState;
  waiting_for: string | null;
  risk_class: RiskClass;
  requested_by: string;
  requested_at: string;
  reason: string;
  decided_by: string | null;
  decided_at: string | null;
  decision_reason: string | null;
  exception: boolean | number;
  conditions: string | null;
  metric: string | null;
}

export interface NewApproval {
  model: string;
  version: number;
  endpoint: string;
  riskClass: RiskClass;
  requestedBy: string;
  reason: string;
  metric?: Approval['metric'];
}

/** Requests for approval; one waits per version and endpoint, and each is decided once. */
export class ApprovalStore {
  constructor(private readonly knex: Knex) {}

  private rows() {
    return this.knex<ApprovalRow>('approvals');
  }

  /** Stores a request, or gives the one that waits already. */
  async request(asked: NewApproval): Promise<ApprovalRow> {
    const { model, version, endpoint } = asked;
    const waitingFor = `${endpoint}/${model}/${version}`;
    await this.rows()
      .insert({
        id: randomUUID(),
        model,
        version,
        endpoint,
        state: 'waiting',
        waiting_for: waitingFor,
        risk_class: asked.riskClass,
        requested_by: asked.requestedBy,
        requested_at: isoTime(),
        reason: asked.reason,
        decided_by: null,
        decided_at: null,
        decision_reason: null,
        exception: false,
        conditions: null,
        metric: asked.metric ? toJson(asked.metric) : null,
      })
      .onConflict('waiting_for')
      .ignore();
    const row = await this.rows().where({ waiting_for: waitingFor }).first();
    if (row) return row;
    // It was decided between the two statements.
    return (await this.newest(model, version))!;
  }

  async row(id: string): Promise<ApprovalRow> {
    const row = await this.rows().where({ id }).first();
    if (!row) throw new NotFoundError(`there is no approval ${id}`);
    return row;
  }

  async newest(
    model: string,
    version: number,
  ): Promise<ApprovalRow | undefined> {
    return await this.rows()
      .where({ model, version })
      .orderBy('requested_at', 'desc')
      .first();
  }

  /** Newest first, of these versions or of all. */
  async ofModel(model: string, versions?: number[]): Promise<ApprovalRow[]> {
    const rows = this.rows().where({ model });
    if (versions) rows.whereIn('version', versions);
    return await rows.orderBy('requested_at', 'desc');
  }

  /** Waiting ones first, then the newest. */
  async list(query: {
    state?: ApprovalState;
    model?: string;
    /** Part of the model's name. */
    q?: string;
    limit: number;
    offset: number;
  }): Promise<{ rows: ApprovalRow[]; total: number }> {
    const matching = this.rows().where(builder => {
      if (query.state) builder.where('state', query.state);
      if (query.model) builder.where('model', query.model);
      if (query.q) builder.whereRaw(...nameHas('model', query.q));
    });
    const rows = await matching
      .clone()
      .orderByRaw(`case when state = 'waiting' then 0 else 1 end`)
      .orderBy('requested_at', 'desc')
      .limit(query.limit)
      .offset(query.offset);
    const total = await matching.clone().count({ n: '*' }).first();
    return { rows, total: countOf(total) };
  }

  /** Ends the waiting; false when somebody was faster. `also` runs in the same transaction. */
  async decide(
    id: string,
    decision: {
      state: 'approved' | 'refused' | 'withdrawn';
      actor: string;
      reason: string;
      exception: boolean;
      conditions: Condition[];
    },
    also: (trx: Knex) => Promise<void>,
  ): Promise<boolean> {
    return await this.knex.transaction(async trx => {
      const updated = await trx<ApprovalRow>('approvals')
        .where({ id, state: 'waiting' })
        .update({
          state: decision.state,
          waiting_for: null,
          decided_by: decision.actor,
          decided_at: isoTime(),
          decision_reason: decision.reason,
          exception: decision.exception,
          conditions: toJson(decision.conditions),
        });
      if (!updated) return false;
      await also(trx);
      return true;
    });
  }
}

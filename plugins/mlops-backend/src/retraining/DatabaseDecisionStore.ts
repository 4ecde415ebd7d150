import { NotFoundError } from '@backstage/errors';
import { Knex } from 'knex';
import { orAbsent } from '../database/values';
import { DecisionStore, ProblemState, StoredDecision } from './DecisionStore';

const DECISIONS = 'retraining_decisions';
const PROBLEMS = 'retraining_problems';

export class DatabaseDecisionStore implements DecisionStore {
  constructor(private readonly knex: Knex) {}

  async add(decision: StoredDecision): Promise<StoredDecision> {
    await this.knex(DECISIONS)
      .insert({
        id: decision.id,
        cause_key: decision.causeKey,
        problem: decision.problem,
        at: decision.at,
        event_time: decision.eventTime,
        trigger: decision.trigger,
        outcome: decision.outcome,
        cause: decision.cause,
        because: decision.because,
        actor: decision.actor,
        until: decision.until,
        alert_id: decision.alertId ?? null,
        effect: decision.effect,
      })
      .onConflict('cause_key')
      .ignore();
    return (await this.byKey(decision.causeKey))!;
  }

  async byKey(causeKey: string): Promise<StoredDecision | undefined> {
    const row = await this.knex(DECISIONS)
      .where({ cause_key: causeKey })
      .first();
    return row && decisionOf(row);
  }

  async list(problem: string, limit: number): Promise<StoredDecision[]> {
    const rows = await this.knex(DECISIONS)
      .where({ problem })
      .orderBy('at', 'desc')
      .limit(limit);
    return rows.map(decisionOf);
  }

  async lastStart(problem: string): Promise<StoredDecision | undefined> {
    const row = await this.knex(DECISIONS)
      .where({ problem, outcome: 'start' })
      .whereNot({ effect: 'failed' })
      .orderBy('at', 'desc')
      .first();
    return row && decisionOf(row);
  }

  async open(): Promise<StoredDecision[]> {
    const rows = await this.knex(DECISIONS)
      .where({ effect: 'open' })
      .orderBy('at')
      .limit(50);
    return rows.map(decisionOf);
  }

  async setEffect(
    id: string,
    effect: Parameters<DecisionStore['setEffect']>[1],
  ): Promise<StoredDecision> {
    await this.knex(DECISIONS)
      .where({ id })
      .update({
        effect: effect.effect,
        effect_error: effect.effectError ?? null,
        run_id: effect.runId ?? null,
        run_number: effect.runNumber ?? null,
      });
    const row = await this.knex(DECISIONS).where({ id }).first();
    if (!row)
      throw new NotFoundError(
        `there is no decision ${id}: the page of the problem shows those there are`,
      );
    return decisionOf(row);
  }

  async problem(problem: string): Promise<ProblemState> {
    const row = await this.knex(PROBLEMS).where({ problem }).first();
    if (!row) return { paused: false, schedule: '' };
    return {
      paused: Boolean(row.paused),
      pausedBy: orAbsent(row.paused_by),
      pausedReason: orAbsent(row.paused_reason),
      schedule: row.schedule,
      nextAt: orAbsent(row.next_at),
    };
  }

  async putProblem(
    problem: string,
    change: Partial<ProblemState>,
  ): Promise<void> {
    const columns = {
      ...(change.paused === undefined
        ? {}
        : {
            paused: change.paused,
            paused_by: change.pausedBy ?? null,
            paused_reason: change.pausedReason ?? null,
          }),
      ...(change.schedule === undefined
        ? {}
        : { schedule: change.schedule, next_at: change.nextAt ?? null }),
    };
    await this.knex(PROBLEMS)
      .insert({ problem, ...columns })
      .onConflict('problem')
      .merge(columns);
  }
}

function decisionOf(row: Record<string, any>): StoredDecision {
  return {
    id: row.id,
    causeKey: row.cause_key,
    problem: row.problem,
    at: row.at,
    eventTime: row.event_time,
    trigger: row.trigger,
    outcome: row.outcome,
    cause: row.cause,
    because: row.because,
    actor: row.actor,
    until: row.until,
    alertId: orAbsent(row.alert_id),
    effect: row.effect,
    effectError: orAbsent(row.effect_error),
    runId: orAbsent(row.run_id),
    runNumber: orAbsent(row.run_number),
  };
}

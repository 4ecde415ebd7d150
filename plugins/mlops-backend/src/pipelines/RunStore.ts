import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  FINAL_WORK_STATES,
  Run,
  Step,
  WorkState,
} from '@mlops-portal/plugin-mlops-common';
import { Knex } from 'knex';
import {
  countOf,
  digestOf,
  fromJson,
  isoTime,
  toJson,
} from '../database/values';
import { NewRun, newRow } from './newRun';
import { runOf, RunRow } from './runRow';

/** What the engine was seen to do. */
export interface RunProgress {
  state: WorkState;
  reason?: string;
  startedAt?: string;
  finishedAt?: string;
  steps?: Step[];
}

const FINAL = [...FINAL_WORK_STATES];

/** Runs as the hub knows them. One run of a pipeline is active at a time: the column `active` is unique. */
export class RunStore {
  constructor(private readonly knex: Knex) {}

  private rows() {
    return this.knex<RunRow>('runs');
  }

  /**
   * Stores a run, or gives the one that the key made before. While another run is active a commit waits for its turn;
   * anything else is a ConflictError naming the active run.
   */
  async create(run: NewRun): Promise<Run> {
    const fingerprint = digestOf(
      toJson([run.commit, run.parameters, run.cache, run.trigger]),
    );
    return await this.knex.transaction(async trx => {
      // Takes the pipeline's row lock first: two starts at once get an order.
      await trx('pipelines')
        .where({ name: run.pipeline })
        .update({ name: run.pipeline });
      const same = await trx<RunRow>('runs')
        .where({
          pipeline: run.pipeline,
          idempotency_key: run.idempotencyKey,
        })
        .first();
      if (same) return this.repeated(same, fingerprint);
      const active = await trx<RunRow>('runs')
        .where({ pipeline: run.pipeline })
        .whereNotIn('state', FINAL)
        .orderBy('number')
        .first();
      if (active && run.trigger !== 'commit') {
        throw new ConflictError(
          `run #${active.number} of ${run.pipeline} is ${active.state}: wait for its end or stop it, then start again`,
        );
      }
      await trx('pipelines').where({ name: run.pipeline }).increment('runs', 1);
      const pipeline = await trx('pipelines')
        .where({ name: run.pipeline })
        .first();
      const row = newRow(run, pipeline.runs, fingerprint, !active);
      await trx<RunRow>('runs').insert(row);
      return runOf(row);
    });
  }

  private repeated(row: RunRow, fingerprint: string): Run {
    if (row.fingerprint !== fingerprint) {
      throw new ConflictError(
        `the idempotency key "${row.idempotency_key}" started run #${row.number} of ${row.pipeline} with another request: use a new key`,
      );
    }
    return runOf(row);
  }

  async row(id: string): Promise<RunRow> {
    const row = await this.rows().where({ id }).first();
    if (!row)
      throw new NotFoundError(
        `there is no run ${id}: the list of runs shows those there are`,
      );
    return row;
  }

  /** Newest first. */
  async list(query: {
    pipeline?: string;
    state?: WorkState;
    limit: number;
    offset: number;
  }): Promise<{ items: Run[]; total: number }> {
    const matching = this.rows().where(builder => {
      if (query.pipeline) builder.where('pipeline', query.pipeline);
      if (query.state) builder.where('state', query.state);
    });
    const rows = await matching
      .clone()
      .orderBy([
        { column: 'created_at', order: 'desc' },
        { column: 'number', order: 'desc' },
      ])
      .limit(query.limit)
      .offset(query.offset);
    const total = await matching.clone().count({ n: '*' }).first();
    return { items: rows.map(runOf), total: countOf(total) };
  }

  /** The run that has the turn, else the first that waits for it. */
  async active(pipeline: string): Promise<Run | undefined> {
    const row = await this.rows()
      .where({ pipeline })
      .whereNotIn('state', FINAL)
      .orderBy('number')
      .first();
    return row && runOf(row);
  }

  /** Ids of runs that have the turn of their pipeline and have not ended. */
  async activeIds(): Promise<string[]> {
    const rows = await this.rows()
      .whereNotNull('active')
      .orderBy('created_at')
      .select('id');
    return rows.map(({ id }) => id);
  }

  /** Gives the turn to the oldest waiting run of each pipeline that has no active one. */
  async promoteWaiting(): Promise<void> {
    const waiting = await this.rows()
      .whereNull('active')
      .whereNotIn('state', FINAL)
      .orderBy('number');
    const seen = new Set<string>();
    for (const { id, pipeline } of waiting) {
      if (seen.has(pipeline)) continue;
      seen.add(pipeline);
      const busy = await this.rows().where({ active: pipeline }).first();
      if (busy) continue;
      await this.rows()
        .where({ id })
        .whereNull('active')
        .whereNotIn('state', FINAL)
        .update({ active: pipeline })
        .catch(() => 0); // another replica gave the turn at the same moment
    }
  }

  /** Remembers that the engine is asked to start the run, and what the hub added to the request, before it is asked. */
  async asking(id: string, filled: Record<string, string>): Promise<RunRow> {
    await this.rows()
      .where({ id })
      .whereNull('asked_at')
      .update({ asked_at: isoTime(), filled: toJson(filled) });
    return await this.row(id);
  }

  async setEngineRun(id: string, engineRunId: string): Promise<void> {
    await this.rows().where({ id }).update({ engine_run_id: engineRunId });
  }

  /** Stores what was seen; a run that has ended stays as it ended. True if this ended it. */
  async progress(id: string, seen: RunProgress): Promise<boolean> {
    const ended = FINAL.includes(seen.state);
    const now = isoTime();
    return await this.knex.transaction(async trx => {
      const updated = await trx<RunRow>('runs')
        .where({ id })
        .whereNotIn('state', FINAL)
        .update({
          state: seen.state,
          reason: seen.reason ?? null,
          observed_at: now,
          ...(seen.startedAt ? { started_at: seen.startedAt } : {}),
          ...(ended
            ? { finished_at: seen.finishedAt ?? now, active: null }
            : {}),
        });
      if (updated && seen.steps) {
        const steps = toJson(seen.steps);
        await trx('run_steps')
          .insert({ run_id: id, steps })
          .onConflict('run_id')
          .merge({ steps });
      }
      return ended && updated === 1;
    });
  }

  /** Why the run does not move, while the engine is asked again. */
  async note(id: string, reason: string): Promise<void> {
    await this.rows()
      .where({ id })
      .whereNotIn('state', FINAL)
      .update({ reason });
  }

  /** Asks for the end; a run that never had its turn ends at once. */
  async requestStop(id: string, reason: string): Promise<void> {
    const open = () => this.rows().where({ id }).whereNotIn('state', FINAL);
    await open().whereNull('stop_reason').update({ stop_reason: reason });
    await open()
      .whereNull('active')
      .update({ state: 'stopped', reason, finished_at: isoTime() });
  }

  async steps(id: string): Promise<Step[]> {
    const row = await this.knex('run_steps').where({ run_id: id }).first();
    return fromJson<Step[]>(row?.steps, []);
  }

  async setVersion(
    id: string,
    version: number,
    metric?: { name: string; value: number },
  ): Promise<void> {
    await this.rows()
      .where({ id })
      .update({
        version_made: version,
        ...(metric ? { metric: toJson(metric) } : {}),
      });
  }

  /** Median seconds of the last 20 succeeded runs that did not come from the cache as a whole. */
  async usual(
    pipeline: string,
  ): Promise<{ seconds: number; runs: number } | undefined> {
    const rows = await this.rows()
      .where({ pipeline, state: 'succeeded' })
      .whereNotNull('started_at')
      .orderBy('number', 'desc')
      .limit(20);
    const seconds = rows
      .map(
        row =>
          (Date.parse(row.finished_at!) - Date.parse(row.started_at!)) / 1000,
      )
      .filter(Number.isFinite)
      .sort((a, b) => a - b);
    if (!seconds.length) return undefined;
    const middle = Math.floor(seconds.length / 2);
    const median =
      seconds.length % 2
        ? seconds[middle]
        : (seconds[middle - 1] + seconds[middle]) / 2;
    return { seconds: Math.round(median * 10) / 10, runs: seconds.length };
  }
}

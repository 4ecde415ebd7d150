import { NotFoundError } from '@backstage/errors';
import {
  Artifact,
  DEFAULT_STAGES,
  VersionState,
} from '@mlops-portal/plugin-mlops-common';
import { Knex } from 'knex';
import { nameHas } from '../database/nameHas';
import { countOf, isoTime, toJson } from '../database/values';
import { VersionFacts } from './modelEvent';
import { NewVersion, rowOf } from './newVersion';
import { TransitionRow, VersionRow } from './versionRow';

export type Transition = Omit<
  TransitionRow,
  'id' | 'at' | 'from' | 'to' | 'reason'
> &
  Partial<Pick<TransitionRow, 'from' | 'to' | 'reason'>>;

/** Versions of models and what happened to them. */
export class VersionStore {
  constructor(
    private readonly knex: Knex,
    /** Where a version begins. */
    private readonly firstStage: string = DEFAULT_STAGES[0],
  ) {}

  private rows() {
    return this.knex<VersionRow>('model_versions');
  }

  /** The version of (model, run, digest): made now with the next number, or as it was made before. */
  async create(made: NewVersion): Promise<VersionRow> {
    const now = isoTime();
    const { model, sourceRun } = made;
    const { sha256 } = made.artifact;
    return await this.knex.transaction(async trx => {
      await trx('models')
        .insert({
          name: model,
          task: made.facts.task,
          versions: 0,
          created_at: now,
        })
        .onConflict('name')
        .ignore();
      // Takes the model's row lock: versions get their numbers one after the other.
      await trx('models')
        .where({ name: model })
        .update({ task: made.facts.task });
      const known = await trx<VersionRow>('model_versions')
        .where({ model, source_run: sourceRun, sha256 })
        .first();
      if (known) return known;
      await trx('models').where({ name: model }).increment('versions', 1);
      const { versions } = await trx('models').where({ name: model }).first();
      const row = rowOf(made, versions, now, this.firstStage);
      await trx<VersionRow>('model_versions').insert(row);
      await this.transition(
        {
          model,
          version: versions,
          actor: 'policy',
          what: 'registered',
          to: this.firstStage,
          reason: `run ${made.runNumber ? `#${made.runNumber}` : sourceRun}`,
        },
        trx,
      );
      return row;
    });
  }

  async row(model: string, version: number): Promise<VersionRow> {
    const row = await this.rows().where({ model, version }).first();
    if (!row) {
      throw new NotFoundError(`there is no version ${version} of ${model}`);
    }
    return row;
  }

  /** Newest first. */
  async list(query: {
    model: string;
    stage?: string;
    state?: VersionState;
    limit: number;
    offset: number;
  }): Promise<{ rows: VersionRow[]; total: number }> {
    const matching = this.rows().where(builder => {
      builder.where('model', query.model);
      if (query.stage) builder.where('stage', query.stage);
      if (query.state) builder.where('state', query.state);
    });
    const rows = await matching
      .clone()
      .orderBy('version', 'desc')
      .limit(query.limit)
      .offset(query.offset);
    const total = await matching.clone().count({ n: '*' }).first();
    return { rows, total: countOf(total) };
  }

  /** Version whose artefact is kept, or was left, at a uri. */
  async byUri(model: string, uri: string): Promise<VersionRow | undefined> {
    const rows = await this.rows()
      .where({ model })
      .andWhere(either =>
        either
          .where({ uri })
          .orWhereRaw(...nameHas('artifact', JSON.stringify(uri))),
      )
      .orderBy('version', 'desc');
    return rows.find(
      row => row.uri === uri || JSON.parse(row.artifact).uri === uri,
    );
  }

  /** Pending versions whose turn it is. */
  async due(): Promise<Array<{ model: string; version: number }>> {
    return await this.rows()
      .where({ state: 'pending' })
      .andWhere('next_try', '<=', isoTime())
      .orderBy('created_at')
      .limit(20)
      .select('model', 'version');
  }

  async postpone(row: VersionRow, ms: number, reason: string): Promise<void> {
    await this.rows()
      .where({ model: row.model, version: row.version, state: 'pending' })
      .update({ next_try: isoTime(ms), tries: row.tries + 1, reason });
  }

  /** Ends `pending`; false where somebody else already did. `also` runs in the same transaction. */
  async settle(
    row: VersionRow,
    to:
      | {
          state: 'ready';
          stage: string;
          artifact: Artifact;
          facts: VersionFacts;
        }
      | { state: 'failed'; reason: string },
    also: (trx: Knex) => Promise<void>,
  ): Promise<boolean> {
    const { model, version } = row;
    return await this.knex.transaction(async trx => {
      const updated = await trx<VersionRow>('model_versions')
        .where({ model, version, state: 'pending' })
        .update(
          to.state === 'ready'
            ? {
                state: 'ready',
                reason: null,
                stage: to.stage,
                artifact: toJson(to.artifact),
                facts: toJson(to.facts),
              }
            : { state: 'failed', reason: to.reason },
        );
      if (!updated) return false;
      await this.transition(
        {
          model,
          version,
          actor: 'policy',
          what: to.state,
          from: 'pending',
          to: to.state,
          reason: to.state === 'failed' ? to.reason : null,
        },
        trx,
      );
      await also(trx);
      return true;
    });
  }

  async setStage(
    row: VersionRow,
    stage: string,
    by: { actor: string; reason: string },
    trx: Knex = this.knex,
  ): Promise<void> {
    const { model, version } = row;
    if (row.stage === stage) return;
    await trx<VersionRow>('model_versions')
      .where({ model, version })
      .update({ stage });
    await this.transition(
      { model, version, what: 'stage', from: row.stage, to: stage, ...by },
      trx,
    );
  }

  async transition(entry: Transition, trx: Knex = this.knex): Promise<void> {
    await trx('version_transitions').insert({ ...entry, at: isoTime() });
  }

  async transitions(model: string, version: number): Promise<TransitionRow[]> {
    return await this.knex<TransitionRow>('version_transitions')
      .where({ model, version })
      .orderBy('id', 'desc');
  }
}

import { NotFoundError } from '@backstage/errors';
import { Knex } from 'knex';
import { nameHas } from '../database/nameHas';
import { countOf, isoTime } from '../database/values';

export interface PipelineRow {
  name: string;
  runs: number;
  latest_commit: string;
  created_at: string;
}

export interface PipelineVersionRow {
  pipeline: string;
  commit: string;
  ir: string;
  message: string;
  created_at: string;
}

/** Compiled pipelines by commit. */
export class PipelineStore {
  constructor(private readonly knex: Knex) {}

  async has(name: string): Promise<boolean> {
    return Boolean(
      await this.knex<PipelineRow>('pipelines').where({ name }).first(),
    );
  }

  async hasVersion(pipeline: string, commit: string): Promise<boolean> {
    return Boolean(
      await this.knex<PipelineVersionRow>('pipeline_versions')
        .where({ pipeline, commit })
        .first('commit'),
    );
  }

  /** Stores the compiled pipeline of a commit and makes it the newest; the same commit again changes nothing. */
  async put(version: Omit<PipelineVersionRow, 'created_at'>): Promise<void> {
    const now = isoTime();
    const { pipeline: name, commit } = version;
    await this.knex.transaction(async trx => {
      await trx<PipelineRow>('pipelines')
        .insert({ name, runs: 0, latest_commit: commit, created_at: now })
        .onConflict('name')
        .ignore();
      const known = await trx<PipelineVersionRow>('pipeline_versions')
        .where({ pipeline: name, commit })
        .first('commit');
      if (known) return;
      await trx<PipelineVersionRow>('pipeline_versions')
        .insert({ ...version, created_at: now })
        .onConflict(['pipeline', 'commit'])
        .ignore();
      await trx<PipelineRow>('pipelines')
        .where({ name })
        .update({ latest_commit: commit });
    });
  }

  /** The compiled pipeline of a commit, or of the newest. NotFoundError says which part is missing. */
  async version(name: string, commit?: string): Promise<PipelineVersionRow> {
    const pipeline = await this.knex<PipelineRow>('pipelines')
      .where({ name })
      .first();
    if (!pipeline) {
      throw new NotFoundError(
        `there is no pipeline ${name}: its repository's CI uploads it with the first commit`,
      );
    }
    const wanted = commit ?? pipeline.latest_commit;
    const row = await this.knex<PipelineVersionRow>('pipeline_versions')
      .where({ pipeline: name, commit: wanted })
      .first();
    if (!row) {
      throw new NotFoundError(
        `the pipeline ${name} was not compiled for commit ${wanted}: let its CI run first`,
      );
    }
    return row;
  }

  async list(page: {
    limit: number;
    offset: number;
    /** Part of the name. */
    q?: string;
  }): Promise<{ items: PipelineRow[]; total: number }> {
    const matching = this.knex<PipelineRow>('pipelines').where(builder => {
      if (page.q) builder.whereRaw(...nameHas('name', page.q));
    });
    const items = await matching
      .clone()
      .orderBy('name')
      .limit(page.limit)
      .offset(page.offset);
    const total = await matching.clone().count({ n: '*' }).first();
    return { items, total: countOf(total) };
  }

  /** Removes everything of a pipeline. */
  async remove(name: string): Promise<void> {
    await this.knex.transaction(async trx => {
      const runs = trx('runs').where({ pipeline: name }).select('id');
      await trx('run_steps').whereIn('run_id', runs.clone()).delete();
      await trx('run_trials').whereIn('run_id', runs.clone()).delete();
      await trx('runs').where({ pipeline: name }).delete();
      await trx('pipeline_versions').where({ pipeline: name }).delete();
      await trx('pipelines').where({ name }).delete();
    });
  }
}

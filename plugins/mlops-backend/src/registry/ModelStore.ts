import { Knex } from 'knex';
import { nameHas } from '../database/nameHas';
import { countOf } from '../database/values';
import { VersionRow } from './versionRow';

/** Models that have versions. */
export class ModelStore {
  constructor(private readonly knex: Knex) {}

  async names(): Promise<string[]> {
    return await this.knex<VersionRow>('model_versions')
      .distinct('model')
      .pluck('model');
  }

  /** Those that have a version, by name. */
  async list(page: {
    limit: number;
    offset: number;
    name?: string;
    q?: string;
  }) {
    const matching = this.knex('models').where(builder => {
      builder.whereExists(
        this.knex('model_versions').whereRaw('?? = ??', [
          'model_versions.model',
          'models.name',
        ]),
      );
      if (page.name) builder.where('name', page.name);
      if (page.q) builder.whereRaw(...nameHas('name', page.q));
    });
    const rows: Array<{ name: string; task: string; versions: number }> =
      await matching
        .clone()
        .orderBy('name')
        .limit(page.limit)
        .offset(page.offset);
    const total = await matching.clone().count({ n: '*' }).first();
    return { rows, total: countOf(total) };
  }

  /** Removes a model with everything of it but its newest number: a number that lineage knows is never given again. */
  async remove(model: string): Promise<void> {
    await this.knex.transaction(async trx => {
      for (const table of [
        'approvals',
        'version_transitions',
        'version_traffic',
        'model_aliases',
        'model_versions',
      ]) {
        await trx(table).where({ model }).delete();
      }
    });
  }
}

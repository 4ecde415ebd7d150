import { CiPipeline, Repository } from '@mlops-portal/plugin-mlops-node';
import { Knex } from 'knex';
import { countOf, fromJson, isoTime, toJson } from '../database/values';

export interface KnownRepository {
  engine: string;
  repository: Repository;
  observedAt: string;
}

/** Last known state of repositories and their CI. */
export class RepositoryStore {
  constructor(private readonly knex: Knex) {}

  async put(engine: string, repository: Repository): Promise<void> {
    const row = {
      engine,
      repository: toJson(repository),
      observed_at: isoTime(),
    };
    await this.knex('repositories')
      .insert({ name: repository.name, ...row })
      .onConflict('name')
      .merge(row);
  }

  async get(name: string): Promise<KnownRepository | undefined> {
    const row = await this.knex('repositories').where({ name }).first();
    if (!row) return undefined;
    return {
      engine: row.engine,
      repository: fromJson<Repository>(row.repository, {} as Repository),
      observedAt: row.observed_at,
    };
  }

  /** Gives the time that is kept as when they were seen. */
  async putCi(repository: string, pipelines: CiPipeline[]): Promise<string> {
    const observed = isoTime();
    for (const pipeline of pipelines) {
      const row = {
        created_at: pipeline.createdAt,
        pipeline: toJson(pipeline),
        observed_at: observed,
      };
      await this.knex('ci_pipelines')
        .insert({ repository, id: pipeline.id, ...row })
        .onConflict(['repository', 'id'])
        .merge(row);
    }
    return observed;
  }

  /** Newest first, with the time each was last seen. */
  async listCi(repository: string, page: { limit: number; offset: number }) {
    const rows = await this.knex('ci_pipelines')
      .where({ repository })
      .orderBy('created_at', 'desc')
      .limit(page.limit)
      .offset(page.offset);
    const total = await this.knex('ci_pipelines')
      .where({ repository })
      .count({ n: '*' })
      .first();
    return {
      items: rows.map(row => ({
        ...fromJson<CiPipeline>(row.pipeline, {} as CiPipeline),
        observedAt: row.observed_at as string,
      })),
      total: countOf(total),
    };
  }

  async remove(name: string): Promise<void> {
    await this.knex('ci_pipelines').where({ repository: name }).delete();
    await this.knex('repositories').where({ name }).delete();
  }
}

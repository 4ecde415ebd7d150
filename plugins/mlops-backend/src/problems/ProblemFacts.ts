import { Knex } from 'knex';
import { Entity } from '@backstage/catalog-model';
import { NotFoundError } from '@backstage/errors';
import { RiskClass, riskClassSchema } from '@mlops-portal/plugin-mlops-common';
import { ProblemFacts, ProblemsSlice } from '../slices';
import { daysOf, Policy, readPolicy } from './policy';

export interface ProblemFactsDeps {
  knex: Knex;
  /** Entities of kind MLProblem by name, as the catalog has them; rejects while the catalog does not answer. */
  entities: () => Promise<Entity[]>;
  now: () => Date;
}

const CATALOG_TTL_MS = 15_000;

/** What is known of problems: the policy of their repositories, and owner, title and risk class of the catalog. */
export class ProblemFactsStore implements ProblemsSlice {
  private cached: { at: number; byName: Map<string, Entity> } | undefined;

  constructor(private readonly deps: ProblemFactsDeps) {}

  async facts(name: string): Promise<ProblemFacts> {
    const row = await this.deps.knex('mlops_problems').where({ name }).first();
    const entity = (await this.catalog()).get(name);
    if (!row && !entity) {
      throw new NotFoundError(
        `there is no problem ${name}: neither a repository nor the catalog knows it`,
      );
    }
    return merge(name, row && JSON.parse(row.policy), entity);
  }

  async list(): Promise<ProblemFacts[]> {
    const rows = await this.deps.knex('mlops_problems').orderBy('name');
    const policies = new Map<string, Policy>(
      rows.map(row => [row.name, JSON.parse(row.policy)]),
    );
    const entities = await this.catalog();
    const names = [...new Set([...policies.keys(), ...entities.keys()])].sort();
    return names.map(name =>
      merge(name, policies.get(name), entities.get(name)),
    );
  }

  async putPolicy(name: string, text: string, commit: string): Promise<void> {
    const policy = JSON.stringify(readPolicy(name, text));
    const updated = this.deps.now().toISOString();
    await this.deps
      .knex('mlops_problems')
      .insert({ name, policy, commit, updated_at: updated })
      .onConflict('name')
      .merge({ policy, commit, updated_at: updated });
  }

  async remove(name: string): Promise<void> {
    await this.deps.knex('mlops_problems').where({ name }).delete();
  }

  /** The last known entities while the catalog does not answer: a page never waits for it. */
  private async catalog(): Promise<Map<string, Entity>> {
    const now = this.deps.now().getTime();
    if (this.cached && now - this.cached.at < CATALOG_TTL_MS) {
      return this.cached.byName;
    }
    try {
      const entities = await this.deps.entities();
      const byName = new Map(entities.map(e => [e.metadata.name, e]));
      this.cached = { at: now, byName };
      return byName;
    } catch {
      return this.cached?.byName ?? new Map();
    }
  }
}

function merge(
  name: string,
  policy: Policy | undefined,
  entity: Entity | undefined,
): ProblemFacts {
  const spec = (entity?.spec ?? {}) as Record<string, any>;
  const metric = policy?.metric ?? spec.primaryMetric ?? { name: 'unknown' };
  const when = daysOf(policy?.monitoring.window) ?? 7;
  return {
    name,
    title: entity?.metadata.title ?? policy?.title ?? name,
    objective: String(spec.objective ?? policy?.title ?? ''),
    owner: String(spec.owner ?? 'unknown'),
    task: policy?.task ?? 'binary',
    riskClass: strictest(policy?.risk, spec.riskClass),
    metric: { name: metric.name, target: metric.target ?? null },
    time: policy?.time ?? null,
    retraining: {
      schedule: policy?.retraining.schedule ?? '',
      when: policy?.retraining.when ?? [],
      coolDownDays: daysOf(policy?.retraining.cool_down) ?? 7,
      neededWindows: policy?.retraining.needed_windows ?? 2,
    },
    monitoring: {
      window: when < 7 ? 'day' : 'week',
      limit: policy?.monitoring.limit ?? 0.2,
      minRows: policy?.monitoring.min_rows ?? 1000,
    },
    canary: policy?.serving.canary ?? [10, 100],
    windows: {
      trainDays: daysOf(policy?.windows.train),
      testDays: daysOf(policy?.windows.test),
      until: policy?.windows.until ?? '',
    },
  };
}

const ORDER: RiskClass[] = ['minimal', 'limited', 'high'];

/** Where repository and catalog differ, the stricter one counts: a push must not loosen what the catalog says. */
export function strictest(a: unknown, b: unknown): RiskClass {
  const known = [a, b].flatMap(value => {
    const parsed = riskClassSchema.safeParse(value);
    return parsed.success ? [ORDER.indexOf(parsed.data)] : [];
  });
  return known.length ? ORDER[Math.max(...known)] : 'limited';
}

import {
  Approval,
  Model,
  Version,
  VersionDetail,
} from '@mlops-portal/plugin-mlops-common';
import { Knex } from 'knex';
import {
  versionDetailOf,
  VersionLinks,
  versionOf,
  VersionRow,
} from './versionRow';
import { VersionStore } from './VersionStore';

interface AliasRow {
  model: string;
  alias: string;
  version: number;
}

export interface TrafficRow {
  model: string;
  endpoint: string;
  version: number;
  percent: number;
}

/** Versions with everything that other tables know of them. */
export class VersionReader {
  constructor(
    private readonly deps: {
      knex: Knex;
      versions: VersionStore;
      approvalsOf(model: string, versions: number[]): Promise<Approval[]>;
      stages: string[];
    },
  ) {}

  async detail(model: string, version: number): Promise<VersionDetail> {
    const row = await this.deps.versions.row(model, version);
    const links = await this.links(model, [version]);
    const transitions = await this.deps.versions.transitions(model, version);
    return versionDetailOf(row, links(version), transitions);
  }

  async view(model: string, version: number): Promise<Version> {
    const row = await this.deps.versions.row(model, version);
    return versionOf(row, (await this.links(model, [version]))(version));
  }

  async views(rows: VersionRow[]): Promise<Version[]> {
    if (!rows.length) return [];
    const numbers = rows.map(row => row.version);
    const links = await this.links(rows[0].model, numbers);
    return rows.map(row => versionOf(row, links(row.version)));
  }

  async byAlias(model: string, alias: string): Promise<Version | undefined> {
    const row = await this.deps
      .knex<AliasRow>('model_aliases')
      .where({ model, alias })
      .first();
    return row && (await this.view(model, row.version));
  }

  async model(row: {
    name: string;
    task: string;
    versions: number;
  }): Promise<Model> {
    const { name, task, versions } = row;
    const [latest, champion, challenger] = await Promise.all([
      versions ? this.view(name, versions) : undefined,
      this.byAlias(name, 'champion'),
      this.byAlias(name, 'challenger'),
    ]);
    const { stages } = this.deps;
    return { name, task, versions, latest, champion, challenger, stages };
  }

  /** Aliases, traffic and approvals of these versions of a model, read once. */
  private async links(
    model: string,
    versions: number[],
  ): Promise<(version: number) => VersionLinks> {
    const { knex, approvalsOf } = this.deps;
    const [aliases, traffic, approvals] = await Promise.all([
      knex<AliasRow>('model_aliases').where({ model }).orderBy('alias'),
      knex<TrafficRow>('version_traffic').where({ model }).orderBy('endpoint'),
      approvalsOf(model, versions),
    ]);
    return version => ({
      aliases: aliases.filter(a => a.version === version).map(a => a.alias),
      traffic: traffic
        .filter(t => t.version === version)
        .map(({ endpoint, percent }) => ({ endpoint, percent })),
      approvals: approvals.filter(a => a.version === version),
    });
  }
}

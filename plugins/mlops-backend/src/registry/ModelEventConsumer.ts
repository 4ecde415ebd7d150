import { Run } from '@mlops-portal/plugin-mlops-common';
import { EngineRegistry } from '../engines/EngineRegistry';
import {
  commitOf,
  dataReadBy,
  EventConsumer,
  ownerRunOf,
  RunEvent,
} from '../openlineage/runEvent';
import { LineageSlice, PipelinesSlice, ProblemsSlice } from '../slices';
import { modelsOf, ReportedModel } from './modelEvent';
import { factsOf, VersionRow } from './versionRow';
import { VersionStore } from './VersionStore';

export interface ModelEventDeps {
  engines: EngineRegistry;
  versions: VersionStore;
  pipelines: Pick<PipelinesSlice, 'getRun' | 'noteVersion'>;
  problems: Pick<ProblemsSlice, 'facts'>;
  lineage: Pick<LineageSlice, 'addEdge' | 'putNode'>;
  /** Digest of the data that the steps of a run read, undefined when none told it. */
  dataVersionOf(runId: string): Promise<string | undefined>;
  wake(): void;
}

/** Makes versions of the models that runs report: once per model, run and digest. */
export class ModelEventConsumer implements EventConsumer {
  constructor(private readonly deps: ModelEventDeps) {}

  check(event: RunEvent): void {
    modelsOf(event);
  }

  async take(event: RunEvent): Promise<void> {
    for (const reported of modelsOf(event))
      await this.register(event, reported);
  }

  private async register(event: RunEvent, reported: ReportedModel) {
    const { versions, pipelines, engines } = this.deps;
    const sourceRun = ownerRunOf(event);
    const run = await found(pipelines.getRun(sourceRun));
    const metric = (await found(this.deps.problems.facts(reported.model)))
      ?.metric.name;
    const row = await versions.create({
      ...reported,
      sourceRun,
      runId: run?.id,
      runNumber: run?.number,
      commit: run?.commit ?? commitOf(event),
      dataVersion: await this.dataVersion(event, sourceRun, run),
      engine: engines.get('artifacts').id,
      primaryMetric: metric,
      championVersion: await this.championVersion(reported.model, run),
    });
    const value = metric ? reported.facts.metrics[metric] : undefined;
    if (run) {
      await pipelines.noteVersion(
        run.id,
        row.version,
        metric && value !== undefined ? { name: metric, value } : undefined,
      );
    }
    await this.connect(row, run);
    this.deps.wake();
  }

  private async dataVersion(
    event: RunEvent,
    sourceRun: string,
    run: Run | undefined,
  ): Promise<string | undefined> {
    const given = run?.parameters.data_version;
    return (
      dataReadBy(event)[0]?.version ??
      (await this.deps.dataVersionOf(sourceRun)) ??
      (typeof given === 'string' && given ? given : undefined)
    );
  }

  /** The evaluation compared with the artefact that the run was given as `champion`. */
  private async championVersion(
    model: string,
    run: Run | undefined,
  ): Promise<number | undefined> {
    const uri = run?.parameters.champion;
    if (typeof uri !== 'string' || !uri) return undefined;
    return (await this.deps.versions.byUri(model, uri))?.version;
  }

  /** What has no event of its own: the problem, the commit and the features as the run computed them. */
  private async putOrigins(row: VersionRow, run: Run | undefined) {
    const { lineage } = this.deps;
    const { model, commit } = row;
    await lineage.putNode({
      id: `problem:${model}`,
      kind: 'problem',
      title: model,
      facts: {},
    });
    if (!commit) return;
    await lineage.putNode({
      id: `commit:${commit}`,
      kind: 'commit',
      title: commit.slice(0, 12),
      facts: { repository: model, message: run?.message ?? '' },
    });
    const view = featureViewNode(row);
    if (!view) return;
    await lineage.putNode({
      id: view,
      kind: 'featureview',
      title: `${model}-features`,
      facts: {
        features: factsOf(row).signature.inputs.length,
        commit: commit.slice(0, 12),
      },
    });
  }

  /** Version -> run -> commit, version -> data, version -> problem: where it comes from. */
  private async connect(row: VersionRow, run: Run | undefined) {
    const { lineage } = this.deps;
    const id = `version:${row.model}/${row.version}`;
    const validFrom = row.created_at;
    const runNode = `run:${row.source_run}`;
    await lineage.putNode({
      id,
      kind: 'version',
      title: `${row.model} v${row.version}`,
      facts: { digest: row.sha256, registered: row.created_at },
    });
    await lineage.putNode({
      id: runNode,
      kind: 'run',
      title: run ? `${run.pipeline} #${run.number}` : row.source_run,
      facts: run ? { trigger: run.trigger, actor: run.actor } : {},
    });
    await this.putOrigins(row, run);
    const edges: Array<[string, string, string]> = [
      [id, runNode, 'madeBy'],
      [id, `problem:${row.model}`, 'solves'],
    ];
    if (row.commit) edges.push([runNode, `commit:${row.commit}`, 'ran']);
    if (row.data_version) {
      edges.push([id, `data:${row.data_version}`, 'trainedOn']);
      edges.push([runNode, `data:${row.data_version}`, 'read']);
    }
    const view = featureViewNode(row);
    if (view) {
      edges.push([runNode, view, 'used']);
      edges.push([view, `data:${row.data_version}`, 'derivedFrom']);
      edges.push([view, `commit:${row.commit}`, 'definedBy']);
    }
    for (const [from, to, kind] of edges) {
      await lineage.addEdge({ from, to, kind, validFrom });
    }
  }
}

/** The features as one commit computes them from one version of the data: another commit or other data is another node. */
function featureViewNode(row: VersionRow): string | undefined {
  if (!row.commit || !row.data_version) return undefined;
  const at = `${row.commit.slice(0, 12)}.${row.data_version.slice(0, 12)}`;
  return `featureview:${row.model}-features@${at}`;
}

async function found<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if ((error as Error).name === 'NotFoundError') return undefined;
    throw error;
  }
}

import {
  Alert,
  Approval,
  AuditEntry,
  Endpoint,
  ProblemDetail,
  ProblemSummary,
  Run,
} from '@mlops-portal/plugin-mlops-common';
import { SliceHandlers } from '../router/handlers';
import {
  MonitoringSlice,
  MonitoringSummary,
  PipelinesSlice,
  ProblemFacts,
  ProblemsSlice,
  RegistrySlice,
  RetrainingSlice,
  ServingSlice,
} from '../slices';
import { activityOf, attentionOf } from './attention';
import { loopOf } from './loop';

export type ProblemRouteId = 'getHome' | 'listProblems' | 'getProblem';

export interface ProblemPagesDeps {
  problems: ProblemsSlice;
  pipelines: PipelinesSlice;
  registry: RegistrySlice;
  serving: ServingSlice;
  monitoring: MonitoringSlice;
  retraining: RetrainingSlice;
  listApprovals: (filter: {
    state?: 'waiting';
    model?: string;
  }) => Promise<Approval[]>;
  listAlerts: (filter: { endpoint?: string }) => Promise<Alert[]>;
  listAllRuns: (filter: {
    state?: 'failed' | 'running' | 'waiting';
  }) => Promise<Run[]>;
  listAudit: (object: string, limit: number) => Promise<AuditEntry[]>;
  repository: (name: string) => Promise<ProblemDetail['repository']>;
  now: () => Date;
}

const HEALTH_ORDER = [
  'drift',
  'below-target',
  'above-noise',
  'unknown',
  'not-enough-data',
  'no-data',
  'well',
];

/** Home, index and overview of problems: read only, each part from its slice, an unreachable part unknown. */
export function problemHandlers(
  deps: ProblemPagesDeps,
): SliceHandlers<ProblemRouteId> {
  return {
    listProblems: async ({ query }) => {
      const all = await summaries(deps);
      return {
        items: all.slice(query.offset, query.offset + query.limit),
        total: all.length,
      };
    },
    getProblem: ({ params }) => detail(deps, params.name),
    getHome: async () => {
      const dayAgo = new Date(deps.now().getTime() - 86_400_000).toISOString();
      const [approvals, alerts, failed, running, waiting, problems] =
        await Promise.all([
          deps.listApprovals({ state: 'waiting' }),
          deps.listAlerts({}),
          deps.listAllRuns({ state: 'failed' }),
          deps.listAllRuns({ state: 'running' }),
          deps.listAllRuns({ state: 'waiting' }),
          summaries(deps),
        ]);
      return {
        approvals,
        alerts: alerts.filter(alert => alert.state === 'firing'),
        failedRuns: failed.filter(
          run => (run.finishedAt ?? run.createdAt) > dayAgo,
        ),
        running: [...running, ...waiting],
        problems,
      };
    },
  };
}

async function summaries(deps: ProblemPagesDeps): Promise<ProblemSummary[]> {
  const all = await Promise.all(
    (await deps.problems.list()).map(facts => known(deps, facts)),
  );
  return all
    .map(summaryOf)
    .sort(
      (a, b) =>
        HEALTH_ORDER.indexOf(a.health) - HEALTH_ORDER.indexOf(b.health) ||
        a.name.localeCompare(b.name),
    );
}

async function known(deps: ProblemPagesDeps, facts: ProblemFacts) {
  const { name } = facts;
  const [runs, versions, champion, endpoint, monitoring] = await Promise.all([
    deps.pipelines.listRuns(name, 20).catch(() => []),
    deps.registry.listVersions(name).catch(() => []),
    deps.registry.champion(name).catch(() => undefined),
    deps.serving.getEndpoint(name).catch((): Endpoint | undefined => undefined),
    deps.monitoring
      .summary(name)
      .catch((): MonitoringSummary | undefined => undefined),
  ]);
  const latest = versions.length
    ? await deps.registry.getVersion(name, versions[0].version)
    : undefined;
  const usualSeconds = median(
    runs.filter(r => r.state === 'succeeded').map(secondsOf),
  );
  const loop = loopOf({
    facts,
    lastRun: runs[0],
    usualSeconds,
    latest,
    champion,
    endpoint,
    monitoring,
    now: deps.now(),
  });
  return { facts, runs, loop, endpoint, monitoring, champion };
}

type Known = Awaited<ReturnType<typeof known>>;

function summaryOf({ facts, loop, monitoring, runs }: Known): ProblemSummary {
  const points = monitoring?.quality ?? [];
  const newest = [...points].reverse().find(point => point.value !== null);
  return {
    name: facts.name,
    title: facts.title,
    owner: facts.owner,
    riskClass: facts.riskClass,
    health: monitoring?.health ?? 'unknown',
    stations: loop.map(({ station, state }) => ({ station, state })),
    metric: {
      name: facts.metric.name,
      target: facts.metric.target,
      value: newest?.value ?? null,
      n: newest?.n ?? 0,
      points: points.map(point => point.value),
    },
    lastRetraining: runs.find(run => run.decisionId)?.createdAt,
    alerts: monitoring?.alerts ?? 0,
  };
}

async function detail(
  deps: ProblemPagesDeps,
  name: string,
): Promise<ProblemDetail> {
  const all = await known(deps, await deps.problems.facts(name));
  const { facts, loop, endpoint, monitoring, runs } = all;
  const [alerts, approvals, decisions, paused, audit, repository] =
    await Promise.all([
      deps.listAlerts({ endpoint: name }).catch(() => []),
      deps.listApprovals({ model: name }).catch(() => []),
      deps.retraining.decisions(name, 20).catch(() => []),
      deps.retraining.paused(name).catch(() => false),
      deps.listAudit(name, 20).catch(() => []),
      deps.repository(name).catch(() => undefined),
    ]);
  const quality = monitoring?.quality ?? [];
  return {
    ...summaryOf(all),
    objective: facts.objective,
    task: facts.task,
    repository,
    clock: monitoring?.clock ?? { kind: 'wall', now: deps.now().toISOString() },
    loop,
    returnEdge: decisions[0],
    metricSeries: quality,
    versionMarks: (monitoring?.starts ?? []).filter(({ window }) =>
      quality.some(point => point.window === window),
    ),
    attention: attentionOf({
      now: deps.now(),
      name,
      alerts,
      approvals,
      lastRun: runs[0],
      endpoint,
    }),
    activity: activityOf(name, audit, decisions),
    retrainingPaused: paused,
    production: leading(endpoint),
  };
}

function secondsOf(run: Run): number {
  return run.startedAt && run.finishedAt
    ? (Date.parse(run.finishedAt) - Date.parse(run.startedAt)) / 1000
    : NaN;
}

function median(values: number[]): number | undefined {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b);
  return sorted.length ? sorted[Math.floor(sorted.length / 2)] : undefined;
}

function leading(endpoint: Endpoint | undefined): number | null {
  const [first] = (endpoint?.revisions ?? [])
    .filter(revision => revision.percent > 0)
    .sort((a, b) => b.percent - a.percent);
  return first?.version ?? null;
}

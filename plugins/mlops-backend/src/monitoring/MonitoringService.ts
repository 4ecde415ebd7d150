import { join } from 'path';
import { LoggerService } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import {
  Alert,
  CellSize,
  FeatureDetail,
  FeatureSegments,
  MonitoringView,
  Task,
} from '@mlops-portal/plugin-mlops-common';
import { AuditLog } from '../audit/AuditLog';
import {
  MonitoringSummary,
  ProblemsSlice,
  RegistrySlice,
  RetrainingSlice,
  ServingSlice,
} from '../slices';
import { LeaseStore } from '../jobs/LeaseStore';
import { AlertStore } from './AlertStore';
import { Layout, namesIn } from './capture/layout';
import { Evaluation, Evaluator } from './Evaluator';
import { FeatureAt, featureAt, featureDetail } from './featureDetail';
import { MonitoringStore } from './MonitoringStore';
import { References } from './References';
import { Scorer } from './Scorer';
import { Segments } from './segments/Segments';
import { Served, servedByAll, servedByOne } from './served';
import { found, Situation } from './Situation';
import { monitoringView, summaryOf } from './views';

export interface MonitoringDeps {
  home: string;
  layout: Layout;
  logger: LoggerService;
  leases: LeaseStore;
  store: MonitoringStore;
  alerts: AlertStore;
  references: References;
  audit?: Pick<AuditLog, 'record'>;
  registry: Pick<
    RegistrySlice,
    'champion' | 'listVersions' | 'getVersion' | 'readArtifact'
  >;
  problems: Pick<ProblemsSlice, 'facts'>;
  serving: Pick<ServingSlice, 'getEndpoint'>;
  retraining: Pick<RetrainingSlice, 'consider'>;
  /** Days that captured predictions and labels are kept. */
  keepDays?: number;
  now: () => Date;
}

const SUMMARY_TTL_MS = 3_000;

/** Which version is looked at: one of them, or without one each window by the version that answered it. */
interface Asked {
  version?: number;
  cell?: CellSize;
}

/** Answers what the pages ask of monitoring; the evaluation itself is the Evaluator's. */
export class MonitoringService {
  private readonly evaluator: Evaluator;
  private readonly bySegment: Segments;
  private readonly summaries = new Map<
    string,
    { at: number; summary: Promise<MonitoringSummary> }
  >();

  constructor(private readonly deps: MonitoringDeps) {
    const reading = {
      ...deps,
      spill: this.spill,
      labelsOf: (endpoint: string) => this.labelsOf(endpoint),
    };
    this.bySegment = new Segments(reading);
    this.evaluator = new Evaluator(
      { ...deps, answering: endpoint => this.answering(endpoint) },
      new Scorer(reading),
    );
  }

  get spill(): string {
    return join(this.deps.home, 'scratch', 'monitoring');
  }

  /** See {@link Evaluator.evaluateNow}. */
  async evaluateNow(
    endpoint: string,
    signal: AbortSignal,
  ): Promise<Evaluation> {
    const done = await this.evaluator.evaluateNow(endpoint, signal);
    this.summaries.delete(endpoint);
    return done;
  }

  /** See {@link Evaluator.evaluate}. */
  async evaluate(
    endpoint: string,
    signal?: AbortSignal,
  ): Promise<Evaluation | undefined> {
    const done = await this.evaluator.evaluate(endpoint, signal);
    if (done) this.summaries.delete(endpoint);
    return done;
  }

  async view(
    endpoint: string,
    asked: Asked & { from?: string; to?: string },
  ): Promise<MonitoringView> {
    const { situation, served } = await this.look(endpoint, asked);
    const state = await this.deps.store.state(endpoint);
    return monitoringView(situation, served, state, {
      ...asked,
      served: await this.requestsOf(endpoint),
    });
  }

  async feature(
    endpoint: string,
    feature: string,
    asked: Asked & { window?: string },
  ): Promise<FeatureDetail> {
    const { at } = await this.lookAt(endpoint, feature, asked);
    return featureDetail(at);
  }

  /** Quality and traffic by the values of a feature in one window; see {@link Segments}. */
  async segments(
    endpoint: string,
    feature: string,
    asked: Asked & { window?: string },
    signal: AbortSignal,
  ): Promise<FeatureSegments> {
    const { situation, at } = await this.lookAt(endpoint, feature, asked);
    const metric = situation.facts?.metric.name ?? 'unknown';
    return this.bySegment.of(endpoint, at, metric, signal);
  }

  summary(endpoint: string): Promise<MonitoringSummary> {
    const known = this.summaries.get(endpoint);
    const at = Date.now();
    if (known && at - known.at < SUMMARY_TTL_MS) return known.summary;
    const summary = this.summarise(endpoint);
    this.summaries.set(endpoint, { at, summary });
    summary.catch(() => this.summaries.delete(endpoint));
    return summary;
  }

  private async summarise(endpoint: string): Promise<MonitoringSummary> {
    const { situation, served } = await this.look(endpoint, {});
    const firing = await this.deps.alerts.firing(endpoint);
    return summaryOf(situation, served, firing.length);
  }

  /** NotFoundError unless a problem, an endpoint or a prediction of that name is known. */
  async mustKnow(endpoint: string): Promise<void> {
    const known =
      (await found(this.deps.problems.facts(endpoint))) ??
      (await found(this.deps.serving.getEndpoint(endpoint)));
    if (known) return;
    const captured = await namesIn(this.deps.layout.predictions);
    if (!captured.includes(endpoint)) {
      throw new NotFoundError(
        `there is no endpoint ${endpoint}: deploy a version of the model to make it`,
      );
    }
  }

  async change(
    id: string,
    change: Parameters<AlertStore['update']>[1],
  ): Promise<Alert> {
    await this.deps.alerts.get(id);
    return this.deps.alerts.update(id, change);
  }

  private async look(
    endpoint: string,
    asked: Asked,
  ): Promise<{ situation: Situation; served: Served | undefined }> {
    const situation = await Situation.of(this.deps, endpoint);
    const { current } = situation;
    if (asked.version !== undefined) {
      const served = await servedByOne(situation, asked.version, asked.cell);
      return { situation, served };
    }
    return {
      situation,
      served:
        current === undefined
          ? undefined
          : await servedByAll(situation, current, asked.cell),
    };
  }

  private async lookAt(
    endpoint: string,
    feature: string,
    asked: Asked & { window?: string },
  ): Promise<{ situation: Situation; at: FeatureAt }> {
    const { situation, served } = await this.look(endpoint, asked);
    if (!served) {
      throw new NotFoundError(
        `no version of ${endpoint} has answered yet: send it a request, and look again a quarter of a minute later`,
      );
    }
    return { situation, at: featureAt(served, feature, asked.window) };
  }

  private async requestsOf(endpoint: string): Promise<number | null> {
    try {
      const { revisions } = await this.deps.serving.getEndpoint(endpoint);
      return revisions.reduce((sum, { requests }) => sum + requests, 0);
    } catch {
      // Coverage is unknown then, which the page says.
      return null;
    }
  }

  private async answering(endpoint: string): Promise<number[] | undefined> {
    try {
      const { revisions } = await this.deps.serving.getEndpoint(endpoint);
      return revisions
        .filter(({ percent }) => percent > 0)
        .map(({ version }) => version);
    } catch {
      // Not known then: no alert ends because of it.
      return undefined;
    }
  }

  private async labelsOf(
    endpoint: string,
  ): Promise<{ task: Task; classes: string[] }> {
    const facts = await found(this.deps.problems.facts(endpoint));
    const champion = await found(this.deps.registry.champion(endpoint));
    const version =
      champion &&
      (await found(this.deps.registry.getVersion(endpoint, champion.version)));
    return {
      task: facts?.task ?? 'binary',
      classes: version?.signature.classes ?? [],
    };
  }
}

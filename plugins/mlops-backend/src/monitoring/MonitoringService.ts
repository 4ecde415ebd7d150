import { join } from 'path';
import { setTimeout as sleep } from 'timers/promises';
import { LoggerService } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import {
  Alert,
  CellSize,
  Decision,
  FeatureDetail,
  Health,
  MonitoringView,
  Task,
} from '@mlops-portal/plugin-mlops-common';
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
import { judge, JudgedWindow } from './judge';
import { MonitoringStore } from './MonitoringStore';
import { References } from './References';
import { Scorer } from './Scorer';
import { found, Situation, VersionSituation } from './Situation';
import { versionsBefore } from './qualityInProduction';
import {
  featureDetail,
  healthOfVersion,
  monitoringView,
  summaryOf,
} from './views';

export interface MonitoringDeps {
  home: string;
  layout: Layout;
  logger: LoggerService;
  leases: LeaseStore;
  store: MonitoringStore;
  alerts: AlertStore;
  references: References;
  registry: Pick<
    RegistrySlice,
    'champion' | 'listVersions' | 'getVersion' | 'readArtifact'
  >;
  problems: Pick<ProblemsSlice, 'facts'>;
  serving: Pick<ServingSlice, 'getEndpoint'>;
  retraining: Pick<RetrainingSlice, 'consider'>;
  now: () => Date;
}

export interface Evaluation {
  health: Health;
  windows: number;
  alerts: number;
  decisions: Decision[];
}

/** An evaluation of a large backlog takes this long at most; it goes on where it stopped. */
const LEASE_MS = 300_000;
const SUMMARY_TTL_MS = 3_000;
const WAIT_MS = 300;

/** Scores what was captured, judges complete windows, and answers what the pages ask. */
export class MonitoringService {
  private readonly scorer: Scorer;
  private readonly summaries = new Map<
    string,
    { at: number; summary: Promise<MonitoringSummary> }
  >();

  constructor(private readonly deps: MonitoringDeps) {
    this.scorer = new Scorer({
      ...deps,
      spill: this.spill,
      labelsOf: endpoint => this.labelsOf(endpoint),
    });
  }

  get spill(): string {
    return join(this.deps.home, 'scratch', 'monitoring');
  }

  scoredFile(endpoint: string, version: number, day: string): string {
    return this.scorer.scoredFile(endpoint, version, day);
  }

  /** The same for somebody who waits for it: after the evaluation that is under way, if there is one. */
  async evaluateNow(
    endpoint: string,
    signal: AbortSignal,
  ): Promise<Evaluation> {
    for (;;) {
      const done = await this.evaluate(endpoint, signal);
      if (done) return done;
      await sleep(WAIT_MS, undefined, { signal });
    }
  }

  /** Brings scores up to date and judges what is complete; undefined where that is being done already. */
  async evaluate(
    endpoint: string,
    signal?: AbortSignal,
  ): Promise<Evaluation | undefined> {
    return this.deps.leases.withLease(
      `monitoring/${endpoint}`,
      LEASE_MS,
      async () => {
        await this.scorer.score(endpoint, signal);
        const situation = await Situation.of(this.deps, endpoint);
        const decisions: Decision[] = [];
        let windows = 0;
        const assessed = new Map<number, VersionSituation>();
        for (const version of [...situation.versions].sort((a, b) => a - b)) {
          signal?.throwIfAborted();
          const of = await situation.assess(version);
          assessed.set(version, of);
          windows += await this.judgeVersion(situation, of, decisions);
        }
        await this.deps.store.putState(endpoint, {
          evaluatedAt: this.deps.now().toISOString(),
        });
        this.summaries.delete(endpoint);
        const current = situation.current;
        const firing = await this.deps.alerts.firing(endpoint);
        return {
          health: healthOfVersion(
            current === undefined ? undefined : assessed.get(current),
          ),
          windows,
          alerts: firing.length,
          decisions,
        };
      },
    );
  }

  private async judgeVersion(
    situation: Situation,
    of: VersionSituation,
    decisions: Decision[],
  ): Promise<number> {
    const { store, alerts, now } = this.deps;
    const { endpoint } = situation;
    const { version, input, assessment } = of;
    const state = await store.state(endpoint);
    const key = (kind: string) => `${version}/${kind}`;
    return judge(
      {
        endpoint,
        version,
        input,
        assessment,
        counts: window => situation.leads(version, window, of.size),
        judged: {
          drift: state.judged[key('drift')],
          quality: state.judged[key('quality')],
        },
        alerts,
        now: now().toISOString(),
      },
      async judged => {
        const decision = await this.decide(situation, version, judged);
        if (decision) decisions.push(decision);
        // Last: a crash before this line judges the window again, which changes nothing.
        state.judged[key(judged.kind)] = judged.window;
        await store.putState(endpoint, { judged: state.judged });
      },
    );
  }

  private async decide(
    situation: Situation,
    version: number,
    judged: JudgedWindow,
  ): Promise<Decision | undefined> {
    const [alert] = judged.firing;
    if (!alert || !situation.facts) return undefined;
    const score = judged.now.get(alert.id);
    const decision = await this.deps.retraining.consider({
      problem: situation.endpoint,
      trigger: 'alert',
      key: `alert/${situation.endpoint}/${version}/${judged.kind}/${judged.window}`,
      eventTime: judged.end,
      until: judged.end.slice(0, 10),
      actor: 'policy',
      alertId: alert.id,
      alert: {
        kind: alert.kind,
        subject: alert.subject,
        windowsOver: judged.over.get(alert.id) ?? 1,
        score: score ?? alert.evidence.score,
        limit: alert.evidence.limit,
        window: judged.window,
        mutedUntil: alert.mutedUntil,
      },
    });
    await this.deps.alerts.update(alert.id, { decisionId: decision.id });
    return decision;
  }

  async view(
    endpoint: string,
    asked: { version?: number; cell?: CellSize; from?: string; to?: string },
  ): Promise<MonitoringView> {
    const { situation, of } = await this.look(endpoint, asked);
    const state = await this.deps.store.state(endpoint);
    return monitoringView(situation, of, state, {
      ...asked,
      served: await this.served(endpoint),
    });
  }

  async feature(
    endpoint: string,
    feature: string,
    asked: { version?: number; cell?: CellSize; window?: string },
  ): Promise<FeatureDetail> {
    const { of } = await this.look(endpoint, asked);
    if (!of) {
      throw new NotFoundError(`no version of ${endpoint} has answered yet`);
    }
    return featureDetail(of, feature, asked.window);
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
    const { situation, of } = await this.look(endpoint, {});
    const firing = await this.deps.alerts.firing(endpoint);
    const before = await versionsBefore(situation, of);
    return summaryOf(situation, of, before, firing.length);
  }

  /** NotFoundError unless a problem, an endpoint or a prediction of that name is known. */
  async mustKnow(endpoint: string): Promise<void> {
    const known =
      (await found(this.deps.problems.facts(endpoint))) ??
      (await found(this.deps.serving.getEndpoint(endpoint)));
    if (known) return;
    const captured = await namesIn(this.deps.layout.predictions);
    if (!captured.includes(endpoint)) {
      throw new NotFoundError(`there is no endpoint ${endpoint}`);
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
    asked: { version?: number; cell?: CellSize },
  ) {
    const situation = await Situation.of(this.deps, endpoint);
    const version = asked.version ?? situation.current;
    const of =
      version === undefined
        ? undefined
        : await situation.assess(version, asked.cell);
    return { situation, of };
  }

  private async served(endpoint: string): Promise<number | null> {
    try {
      const { revisions } = await this.deps.serving.getEndpoint(endpoint);
      return revisions.reduce((sum, { requests }) => sum + requests, 0);
    } catch {
      // Coverage is unknown then, which the page says.
      return null;
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

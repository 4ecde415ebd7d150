import { setTimeout as sleep } from 'timers/promises';
import {
  Decision,
  Health,
  standingOf,
} from '@mlops-portal/plugin-mlops-common';
import { AuditLog } from '../audit/AuditLog';
import { LeaseStore } from '../jobs/LeaseStore';
import { RetrainingSlice } from '../slices';
import { AlertStore } from './AlertStore';
import { judge, JudgedWindow } from './judge';
import { MonitoringStore } from './MonitoringStore';
import { endAlertsOfReplaced } from './replaced';
import { Scorer } from './Scorer';
import { recordOf } from './served';
import { Situation, SituationDeps, VersionSituation } from './Situation';

export interface EvaluatorDeps extends SituationDeps {
  leases: LeaseStore;
  store: MonitoringStore;
  alerts: AlertStore;
  retraining: Pick<RetrainingSlice, 'consider'>;
  audit?: Pick<AuditLog, 'record'>;
  /** Versions that answer requests now; undefined where that is not known. */
  answering(endpoint: string): Promise<number[] | undefined>;
}

export interface Evaluation {
  health: Health;
  windows: number;
  alerts: number;
  decisions: Decision[];
}

/** How long an endpoint waits to be evaluated after the process that did has died; it goes on where that one stopped. */
const LEASE_MS = 30_000;
const WAIT_MS = 300;

/** Scores what has arrived, judges the windows that are complete, fires and ends alerts, and asks about retraining. */
export class Evaluator {
  constructor(
    private readonly deps: EvaluatorDeps,
    private readonly scorer: Pick<Scorer, 'score'>,
  ) {}

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
        const answering = await this.deps.answering(endpoint);
        const decisions: Decision[] = [];
        let windows = 0;
        const assessed: VersionSituation[] = [];
        for (const version of [...situation.versions].sort((a, b) => a - b)) {
          signal?.throwIfAborted();
          const of = await situation.assess(version);
          assessed.push(of);
          windows += await this.judgeVersion(situation, of, decisions);
          // Before the next version is judged: what drifts under it is another alert.
          await endAlertsOfReplaced(this.deps, situation, version, answering);
        }
        await this.deps.store.putState(endpoint, {
          evaluatedAt: this.deps.now().toISOString(),
        });
        const firing = await this.deps.alerts.firing(endpoint);
        return {
          health: healthNow(situation, assessed),
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
}

function healthNow(situation: Situation, assessed: VersionSituation[]): Health {
  const current = assessed.find(({ version }) => version === situation.current);
  if (!current) return 'no-data';
  return standingOf(recordOf(current), [], current.size).health;
}

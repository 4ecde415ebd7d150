import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { LoggerService } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import {
  Cron,
  Decision,
  decideRetraining,
  nextCron,
  parseCron,
  Retraining,
} from '@mlops-portal/plugin-mlops-common';
import {
  MonitoringSlice,
  PipelinesSlice,
  ProblemFacts,
  ProblemsSlice,
  RetrainingQuestion,
} from '../slices';
import { LeaseStore } from '../jobs/LeaseStore';
import { DecisionStore, StoredDecision } from './DecisionStore';

export interface RetrainingDeps {
  store: DecisionStore;
  leases: LeaseStore;
  logger: LoggerService;
  problems: Pick<ProblemsSlice, 'facts' | 'list'>;
  pipelines: Pick<
    PipelinesSlice,
    'startRun' | 'activeRun' | 'hasPipeline' | 'getRun'
  >;
  monitoring: Pick<MonitoringSlice, 'summary'>;
  now: () => Date;
}

const LEASE_MS = 30_000;
const SHOWN = 50;
/** Errors that asking again will not change. */
const FINAL_ERRORS = ['InputError', 'NotFoundError', 'NotAllowedError'];

/** Stored decisions on retraining. A decision is on disk before its run is started; the run's key comes from the decision. */
export class RetrainingService {
  constructor(private readonly deps: RetrainingDeps) {}

  /** One question at a time per problem, so that two causes cannot start two runs. */
  async consider(question: RetrainingQuestion): Promise<Decision> {
    const decided = await this.alone(question.problem, async () => {
      const before = await this.deps.store.byKey(question.key);
      return before ?? this.decide(question);
    });
    return this.shown(await this.act(decided));
  }

  private async decide(question: RetrainingQuestion): Promise<StoredDecision> {
    const { store, pipelines } = this.deps;
    const { problem, trigger } = question;
    const facts = await this.deps.problems.facts(problem);
    const state = await store.problem(problem);
    const active = await pipelines.activeRun(problem);
    const last = await store.lastStart(problem);
    const at = this.deps.now().toISOString();
    const verdict = decideRetraining(facts.retraining, {
      trigger,
      now: question.eventTime,
      wall: at,
      alert: question.alert,
      hasPipeline: await pipelines.hasPipeline(problem),
      activeRun:
        active?.number ?? (last?.effect === 'open' ? 'starting' : undefined),
      lastStart: last?.eventTime,
      paused: state.paused
        ? { by: state.pausedBy ?? '', reason: state.pausedReason ?? '' }
        : undefined,
      person: { actor: question.actor, reason: question.reason ?? '' },
    });
    return store.add({
      id: randomUUID(),
      causeKey: question.key,
      problem,
      at,
      eventTime: question.eventTime,
      trigger,
      ...verdict,
      actor: question.actor,
      until: facts.time ? question.until : '',
      alertId: question.alertId,
      effect: verdict.outcome === 'start' ? 'open' : 'none',
    });
  }

  /** Starts the run of an open decision; where that fails for now, the next round tries again with the same key. */
  async act(decision: StoredDecision): Promise<StoredDecision> {
    if (decision.effect !== 'open') return decision;
    const { store, pipelines, logger } = this.deps;
    try {
      const run = await pipelines.startRun({
        pipeline: decision.problem,
        trigger: decision.trigger,
        because: decision.because,
        parameters: decision.until ? { until: decision.until } : {},
        cache: true,
        idempotencyKey: `decision-${decision.id}`,
        actor: decision.trigger === 'person' ? decision.actor : 'policy',
        decisionId: decision.id,
      });
      return await store.setEffect(decision.id, {
        effect: 'done',
        runId: run.id,
        runNumber: run.number,
      });
    } catch (error) {
      const final = FINAL_ERRORS.includes((error as Error)?.name);
      logger.warn(
        `the run of decision ${decision.id} on ${
          decision.problem
        } could not be started${final ? '' : ' and is tried again'}: ${error}`,
      );
      if (!final) return decision;
      return store.setEffect(decision.id, {
        effect: 'failed',
        effectError: String((error as Error).message).slice(0, 1000),
      });
    }
  }

  /** One round: runs that are still to be started, schedules that are due. */
  async tick(signal: AbortSignal): Promise<void> {
    for (const decision of await this.deps.store.open()) {
      if (signal.aborted) return;
      await this.act(decision);
    }
    for (const facts of await this.deps.problems.list()) {
      if (signal.aborted) return;
      try {
        await this.bySchedule(facts);
      } catch (error) {
        this.deps.logger.warn(`the schedule of ${facts.name}: ${error}`);
      }
    }
  }

  private async bySchedule(facts: ProblemFacts): Promise<void> {
    const { store } = this.deps;
    const { schedule } = facts.retraining;
    const state = await store.problem(facts.name);
    if (!schedule) {
      if (state.schedule) {
        await store.putProblem(facts.name, { schedule: '' });
      }
      return;
    }
    const cron = this.cronOf(facts);
    if (!cron) return;
    const now = this.deps.now();
    const next = nextCron(cron, now)?.toISOString();
    if (state.schedule !== schedule) {
      await store.putProblem(facts.name, { schedule, nextAt: next });
    } else if (state.nextAt && state.nextAt <= now.toISOString()) {
      await this.consider({
        problem: facts.name,
        trigger: 'schedule',
        key: `schedule/${facts.name}/${state.nextAt}`,
        actor: 'policy',
        ...(await this.clockOf(facts)),
      });
      await store.putProblem(facts.name, { schedule, nextAt: next });
    }
  }

  /** Time of the data, and until when to learn: replayed data has an end, live data is learnt to its end. */
  async clockOf(
    facts: Pick<ProblemFacts, 'name'>,
  ): Promise<{ eventTime: string; until: string }> {
    const { clock } = await this.deps.monitoring.summary(facts.name);
    return {
      eventTime: clock.now,
      until: clock.kind === 'event' ? clock.now.slice(0, 10) : '',
    };
  }

  private cronOf(facts: ProblemFacts): Cron | undefined {
    try {
      return parseCron(facts.retraining.schedule);
    } catch (error) {
      this.deps.logger.warn(
        `problem.yaml of ${facts.name}: retraining.schedule: ${error}`,
      );
      return undefined;
    }
  }

  async view(problem: string): Promise<Retraining> {
    const facts = await this.deps.problems.facts(problem);
    const state = await this.deps.store.problem(problem);
    const { retraining, monitoring, canary } = facts;
    return {
      problem,
      policy: {
        ...retraining,
        limit: monitoring.limit,
        window: monitoring.window,
        minRows: monitoring.minRows,
        canary,
      },
      paused: state.paused,
      pausedBy: state.pausedBy,
      pausedReason: state.pausedReason,
      nextCheck:
        state.schedule === retraining.schedule ? state.nextAt : undefined,
      decisions: await this.decisions(problem, SHOWN),
    };
  }

  async decisions(problem: string, limit: number): Promise<Decision[]> {
    const stored = await this.deps.store.list(problem, limit);
    return Promise.all(stored.map(each => this.shown(each)));
  }

  async paused(problem: string): Promise<boolean> {
    return (await this.deps.store.problem(problem)).paused;
  }

  async pause(
    problem: string,
    change: { paused: boolean; reason: string; actor: string },
  ): Promise<Retraining> {
    await this.deps.problems.facts(problem);
    await this.deps.store.putProblem(problem, {
      paused: change.paused,
      ...(change.paused
        ? { pausedBy: change.actor, pausedReason: change.reason }
        : {}),
    });
    return this.view(problem);
  }

  private async shown(decision: StoredDecision): Promise<Decision> {
    const run = decision.runId
      ? await this.deps.pipelines.getRun(decision.runId).catch(() => undefined)
      : undefined;
    const failed = decision.effectError
      ? `; the run could not be started: ${decision.effectError}`
      : '';
    return {
      id: decision.id,
      problem: decision.problem,
      at: decision.at,
      eventTime: decision.eventTime,
      trigger: decision.trigger,
      outcome: decision.outcome,
      cause: decision.cause,
      because: decision.because + failed,
      actor: decision.actor,
      runId: decision.runId,
      runNumber: decision.runNumber,
      versionMade: run?.versionMade,
      alertId: decision.alertId,
    };
  }

  private async alone<T>(problem: string, work: () => Promise<T>): Promise<T> {
    const until = Date.now() + LEASE_MS;
    for (;;) {
      const done = await this.deps.leases.withLease(
        `retraining/${problem}`,
        LEASE_MS,
        async () => ({ value: await work() }),
      );
      if (done) return done.value;
      if (Date.now() > until) {
        throw new ServiceUnavailableError(
          `another decision on ${problem} is being made; ask again in a moment`,
        );
      }
      await sleep(50);
    }
  }
}

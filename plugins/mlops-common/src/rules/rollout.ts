import { Condition, RiskClass } from '../vocabulary/states';

/** Share of traffic (0 to 100) that a version may take before it is approved, by risk class. */
export type TrafficBeforeApproval = Record<RiskClass, number>;

export const DEFAULT_TRAFFIC_BEFORE_APPROVAL: TrafficBeforeApproval = {
  minimal: 100,
  limited: 10,
  high: 0,
};

export interface CanaryRules {
  /** A step lasts at least this long. */
  minSeconds: number;
  /** Requests that the new version must have answered in the step before its error rate says anything. */
  minRequests: number;
  /** Share of failed requests, 0 to 1, over which the canary goes back. */
  maxErrorRate: number;
}

/** What is known of the version that is being rolled out. Counts are of the step that is on. */
export interface CanaryFacts {
  answering: boolean;
  /** Seconds since the revision was last seen answering, or since the step began. */
  silentSeconds: number;
  requests: number;
  errors: number;
  p95Ms?: number;
  championP95Ms?: number;
}

/** The checks of a canary step, each met, not met or unknown (not enough data). */
export function canaryChecks(
  facts: CanaryFacts,
  rules: CanaryRules,
): Condition[] {
  const rate = facts.requests ? facts.errors / facts.requests : 0;
  const enough = facts.requests >= rules.minRequests;
  const limit = `at most ${(rules.maxErrorRate * 100).toFixed(1)} %`;
  return [
    {
      condition: 'answers',
      state: facts.answering ? 'met' : 'not-met',
      detail: facts.answering
        ? ''
        : `silent for ${Math.round(facts.silentSeconds)} s`,
    },
    {
      condition: `errors ${limit}`,
      state: errorState(facts, rules, rate, enough),
      detail: `${facts.errors} of ${facts.requests} requests${
        enough ? '' : `, not enough data: ${rules.minRequests} needed`
      }`,
    },
    latencyCheck(facts, enough),
  ];
}

function errorState(
  facts: CanaryFacts,
  rules: CanaryRules,
  rate: number,
  enough: boolean,
): Condition['state'] {
  // Errors need no full sample to be too many: even if all that is missing were well, the rate would be over the limit.
  const certain =
    facts.errors > rules.maxErrorRate * Math.max(rules.minRequests, 1) &&
    facts.errors >= 3;
  if (certain && rate > rules.maxErrorRate) return 'not-met';
  if (!enough) return 'unknown';
  return rate <= rules.maxErrorRate ? 'met' : 'not-met';
}

function latencyCheck(facts: CanaryFacts, enough: boolean): Condition {
  const limit = facts.championP95Ms
    ? Math.max(50, 3 * facts.championP95Ms)
    : undefined;
  if (!enough || facts.p95Ms === undefined || limit === undefined) {
    return {
      condition: 'latency near that of the version in production',
      state: 'unknown',
      detail: 'not enough data',
    };
  }
  return {
    condition: 'latency near that of the version in production',
    state: facts.p95Ms <= limit ? 'met' : 'not-met',
    detail: `p95 ${facts.p95Ms.toFixed(0)} ms, limit ${limit.toFixed(0)} ms`,
  };
}

export interface RolloutFacts {
  /** Percentages in order; the last is 100. */
  steps: number[];
  at: number;
  secondsInStep: number;
  silentSeconds: number;
  checks: Condition[];
  approval: 'none' | 'waiting' | 'approved' | 'refused' | 'withdrawn';
  /** Highest share without approval for this problem's risk class. */
  freeShare: number;
  /** True where no version is in production yet: nothing to go back to, nothing to compare with. */
  first: boolean;
}

export type RolloutDecision =
  | { act: 'advance'; to: number }
  | { act: 'finish' }
  | { act: 'rollback'; because: string }
  | {
      act: 'wait';
      for: 'approval' | 'time' | 'checks' | 'answer';
      because: string;
    };

/** Seconds that a revision may be silent before a canary goes back; loading a model takes some. */
export const SILENCE_LIMIT_SECONDS = 60;

/**
 * What a rollout does next. `at` is the step that has traffic, or -1 before the first one.
 * The engine executes; this only decides: the same facts give the same decision.
 */
export function decideRollout(
  facts: RolloutFacts,
  rules: CanaryRules,
): RolloutDecision {
  if (facts.approval === 'refused') {
    return { act: 'rollback', because: 'the approval was refused' };
  }
  const failed = facts.checks.find(
    check => check.state === 'not-met' && check.condition !== 'answers',
  );
  if (failed && facts.at >= 0 && !facts.first) {
    return {
      act: 'rollback',
      because: `${failed.condition}: ${failed.detail}`,
    };
  }
  const answers = facts.checks.find(c => c.condition === 'answers');
  if (answers?.state === 'not-met') {
    return facts.silentSeconds > SILENCE_LIMIT_SECONDS
      ? {
          act: 'rollback',
          because: `the version does not answer: ${answers.detail}`,
        }
      : { act: 'wait', for: 'answer', because: 'the version is being loaded' };
  }
  if (facts.at === facts.steps.length - 1) return { act: 'finish' };
  return nextStep(facts, rules);
}

function nextStep(facts: RolloutFacts, rules: CanaryRules): RolloutDecision {
  const next = facts.steps[facts.at + 1];
  if (facts.at >= 0) {
    if (facts.secondsInStep < rules.minSeconds) {
      return {
        act: 'wait',
        for: 'time',
        because: `the step lasts at least ${rules.minSeconds} s`,
      };
    }
    const open = facts.checks.find(
      check => check.state !== 'met' && check.condition.startsWith('errors'),
    );
    if (open && !facts.first) {
      return { act: 'wait', for: 'checks', because: open.detail };
    }
  }
  if (next > facts.freeShare && facts.approval !== 'approved') {
    return {
      act: 'wait',
      for: 'approval',
      because: `${next} % of the traffic needs an approval`,
    };
  }
  return { act: 'advance', to: facts.at + 1 };
}

/** Steps of a rollout: straight to 100 where nothing is in production, else the problem's canary plan, closed with 100. */
export function rolloutSteps(canary: number[], first: boolean): number[] {
  if (first) return [100];
  const steps = [...new Set(canary)]
    .filter(percent => percent > 0 && percent < 100)
    .sort((a, b) => a - b);
  return [...steps, 100];
}

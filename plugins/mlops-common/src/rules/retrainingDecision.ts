/** When a problem retrains by itself; from its problem.yaml. */
export interface RetrainingPolicy {
  /** 'drift', 'quality' */
  when: readonly string[];
  /** Days between two retrainings, by the clock of the data. */
  coolDownDays: number;
  /** Windows in a row over the limit before a retraining starts. */
  neededWindows: number;
  /** Cron; empty: never by schedule. */
  schedule: string;
}

/** What is so at the moment of the decision. Times are ISO. */
export interface RetrainingState {
  trigger: 'alert' | 'schedule' | 'person';
  /** Clock of the data. */
  now: string;
  /** Of an alert. */
  alert?: {
    kind: string;
    subject: string;
    windowsOver: number;
    score: number | null;
    limit: number;
    window: string;
    mutedUntil?: string;
  };
  /** Wall clock, which mutes go by. */
  wall: string;
  paused?: { by: string; reason: string };
  /** Number of a run that waits or runs; 'starting' where it has none yet. */
  activeRun?: number | 'starting';
  hasPipeline: boolean;
  /** Clock of the data when the last retraining was started. */
  lastStart?: string;
  /** Who asks and why; of a person. */
  person?: { actor: string; reason: string };
}

export interface Verdict {
  outcome: 'start' | 'wait' | 'ignore';
  cause: string;
  because: string;
}

const DAY_MS = 86_400_000;

/**
 * Whether to retrain. A person's word passes over policy and cool-down, never over a run that is active: one run per model.
 */
export function decideRetraining(
  policy: RetrainingPolicy,
  state: RetrainingState,
): Verdict {
  if (!state.hasPipeline) {
    return {
      outcome: 'ignore',
      cause: 'no-pipeline',
      because:
        'no compiled pipeline is known; push the repository so that its CI uploads one',
    };
  }
  if (state.activeRun !== undefined) {
    return {
      outcome: 'wait',
      cause: 'run-active',
      because:
        state.activeRun === 'starting'
          ? 'a run is about to start; one at a time'
          : `run ${state.activeRun} is still under way; one at a time`,
    };
  }
  if (state.trigger === 'person') {
    return {
      outcome: 'start',
      cause: 'none',
      because: `${state.person?.actor ?? 'somebody'} asked: ${
        state.person?.reason ?? ''
      }`,
    };
  }
  if (state.paused) {
    return {
      outcome: 'ignore',
      cause: 'paused',
      because: `paused by ${state.paused.by}: ${state.paused.reason}`,
    };
  }
  return (
    (state.trigger === 'alert' && refuseAlert(policy, state)) ||
    coolDown(policy, state) || {
      outcome: 'start',
      cause: 'none',
      because: reasonOf(policy, state),
    }
  );
}

function refuseAlert(
  policy: RetrainingPolicy,
  { alert, wall }: RetrainingState,
): Verdict | undefined {
  if (!alert || !policy.when.includes(alert.kind)) {
    return {
      outcome: 'ignore',
      cause: 'policy-off',
      because: `the policy does not retrain on ${alert?.kind ?? 'alerts'}`,
    };
  }
  if (alert.mutedUntil && alert.mutedUntil > wall) {
    return {
      outcome: 'ignore',
      cause: 'muted',
      because: `the alert on ${alert.subject} is muted until ${alert.mutedUntil}`,
    };
  }
  if (alert.windowsOver < 1) {
    return {
      outcome: 'ignore',
      cause: 'below-limit',
      because: `${alert.subject} is back under the limit of ${alert.limit}`,
    };
  }
  if (alert.windowsOver < policy.neededWindows) {
    return {
      outcome: 'wait',
      cause: 'more-windows',
      because: `${alert.subject} is over the limit for ${alert.windowsOver} of ${policy.neededWindows} windows in a row`,
    };
  }
  return undefined;
}

function coolDown(
  policy: RetrainingPolicy,
  { lastStart, now }: RetrainingState,
): Verdict | undefined {
  if (!lastStart) return undefined;
  const until = Date.parse(lastStart) + policy.coolDownDays * DAY_MS;
  // A replay may set the clock of the data back: a start that lies ahead of it holds nothing up.
  const ahead = Date.parse(lastStart) > Date.parse(now);
  if (ahead || Date.parse(now) >= until) return undefined;
  return {
    outcome: 'wait',
    cause: 'cool-down',
    because: `the last retraining started on ${lastStart.slice(
      0,
      10,
    )}; the next may start ${policy.coolDownDays} days later, on ${new Date(
      until,
    )
      .toISOString()
      .slice(0, 10)}`,
  };
}

function reasonOf(
  policy: RetrainingPolicy,
  { trigger, alert }: RetrainingState,
): string {
  if (trigger === 'schedule' || !alert) {
    return `the schedule "${policy.schedule}" is due`;
  }
  const score = alert.score === null ? 'unknown' : alert.score.toFixed(3);
  return alert.kind === 'quality'
    ? `${alert.subject} is at ${score}, its target is ${alert.limit}, for ${alert.windowsOver} windows in a row, last from ${alert.window}`
    : `${alert.subject} drifts: ${score} against a limit of ${alert.limit} in the window from ${alert.window}, ${alert.windowsOver} in a row`;
}

import { isFinal, WorkState } from '@mlops-portal/plugin-mlops-common';
import { RunSnapshot, StepSnapshot } from '@mlops-portal/plugin-mlops-node';
import { z } from 'zod';
import { Plan, PlannedStep } from './plan';

const eventSchema = z.object({
  at: z.string(),
  event: z.enum(['run-started', 'step-started', 'step-finished']),
  step: z.string().optional(),
  state: z.enum(['succeeded', 'failed']).optional(),
  cached: z.boolean().optional(),
  inputs: z.record(z.string(), z.unknown()).optional(),
  outputs: z.record(z.string(), z.unknown()).optional(),
  reason: z.string().optional(),
});
export type RunEvent = z.infer<typeof eventSchema>;

export const outcomeSchema = z.object({
  state: z.enum(['succeeded', 'failed', 'stopped']),
  reason: z.string().optional(),
  finishedAt: z.string(),
});
export type Outcome = z.infer<typeof outcomeSchema>;

/** Events of a run's file. A last line that is only half written is left for the next time. */
export function parseEvents(text: string): RunEvent[] {
  return text.split('\n').flatMap(line => {
    try {
      const event = eventSchema.safeParse(JSON.parse(line));
      return event.success ? [event.data] : [];
    } catch {
      return [];
    }
  });
}

/** A step with the key under which the runner writes its events and its log. */
export interface KeyedStep {
  key: string;
  step: StepSnapshot;
}

/** State of every step, in topological order, from the plan, what has happened, and how the run ended if it has. */
export function foldSteps(
  plan: Plan,
  events: RunEvent[],
  outcome: Outcome | undefined,
): KeyedStep[] {
  const keys = new Set(events.flatMap(event => event.step ?? []));
  return unroll(plan, [...keys]).map(planned => {
    const own = events.filter(event => event.step === planned.key);
    const started = own.find(event => event.event === 'step-started');
    const finished = own.findLast(event => event.event === 'step-finished');
    const state = stateOf(started, finished, outcome);
    const step: StepSnapshot = {
      id: planned.id,
      name: planned.name,
      state,
      cached: finished?.cached ?? false,
      startedAt: started?.at,
      finishedAt:
        finished?.at ??
        (started && isFinal(state) ? outcome?.finishedAt : undefined),
      dependsOn: planned.dependsOn,
      inputs: started?.inputs ?? {},
      outputs: finished?.outputs ?? {},
      reason:
        finished?.reason ?? (state === 'failed' ? outcome?.reason : undefined),
    };
    return { key: planned.key, step };
  });
}

export function foldRun(
  engineRunId: string,
  steps: KeyedStep[],
  events: RunEvent[],
  outcome: Outcome | undefined,
): RunSnapshot {
  const started = events.find(event => event.event === 'run-started');
  const underWay = started ? 'running' : 'waiting';
  return {
    engineRunId,
    state: outcome?.state ?? underWay,
    reason: outcome?.reason,
    startedAt: started?.at,
    finishedAt: outcome?.finishedAt,
    steps: steps.map(({ step }) => step),
  };
}

function stateOf(
  started: RunEvent | undefined,
  finished: RunEvent | undefined,
  outcome: Outcome | undefined,
): WorkState {
  if (finished) {
    return finished.state ?? 'unknown';
  }
  if (!started) {
    return outcome ? 'skipped' : 'waiting';
  }
  if (!outcome) {
    return 'running';
  }
  return outcome.state === 'stopped' ? 'stopped' : 'failed';
}

/** Puts the iterations that have started in the place of a loop whose number was not known. */
function unroll(plan: Plan, keys: string[]): PlannedStep[] {
  const replaced = new Map<string, string[]>();
  const steps = plan.steps.flatMap(planned => {
    if (!planned.key.includes('*')) {
      return [planned];
    }
    const pattern = new RegExp(
      `^${planned.key.split('*').map(escapeRegExp).join('(\\d+)')}$`,
    );
    const found = keys.flatMap(key => {
      const match = pattern.exec(key);
      if (!match) {
        return [];
      }
      const numbers = match.slice(1);
      const id = planned.id.replace(/\*/g, () => numbers.shift()!);
      return [{ ...planned, key, id }];
    });
    if (!found.length) {
      return [planned];
    }
    found.sort((a, b) => a.id.localeCompare(b.id, 'en', { numeric: true }));
    replaced.set(
      planned.id,
      found.map(({ id }) => id),
    );
    return found;
  });
  return steps.map(step => ({
    ...step,
    dependsOn: step.dependsOn.flatMap(id => replaced.get(id) ?? [id]),
  }));
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

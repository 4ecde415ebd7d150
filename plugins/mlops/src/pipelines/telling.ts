import { Step } from '@mlops-portal/plugin-mlops-common';
import { secondsOf } from './duration';

/** The step that tells most on opening a run: the failed one, the running one, else the one that took longest. */
export function telling(steps: Step[]): Step | undefined {
  return (
    steps.find(s => s.state === 'failed') ??
    steps.find(s => s.state === 'running') ??
    longest(steps) ??
    steps[0]
  );
}

function longest(steps: Step[]): Step | undefined {
  let found: { step: Step; seconds: number } | undefined;
  for (const step of steps) {
    const seconds = step.startedAt ? secondsOf(step) : undefined;
    if (seconds === undefined) continue;
    if (!found || seconds > found.seconds) found = { step, seconds };
  }
  return found?.step;
}

/** Number of the candidate that a step tries, where it is one of several steps of the same name. */
export function candidateOf(step: Pick<Step, 'inputs'>): number | undefined {
  const { candidate } = step.inputs;
  const number =
    typeof candidate === 'string' && candidate ? Number(candidate) : candidate;
  return typeof number === 'number' && Number.isInteger(number)
    ? number
    : undefined;
}

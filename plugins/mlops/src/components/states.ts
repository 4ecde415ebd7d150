/** Shape of a state; together with its word it tells the state without colour. */
export type Shape =
  | 'ok'
  | 'run'
  | 'wait'
  | 'warn'
  | 'bad'
  | 'stop'
  | 'skip'
  | 'unknown'
  | 'none'
  | 'idle';

/** Shape of every state of the closed lists (work, health, freshness, serving, version, approval, condition, decision). */
export const STATE_SHAPES: Record<string, Shape> = {
  waiting: 'wait',
  running: 'run',
  succeeded: 'ok',
  failed: 'bad',
  stopped: 'stop',
  skipped: 'skip',
  unknown: 'unknown',
  well: 'ok',
  'above-noise': 'skip',
  drift: 'warn',
  'below-target': 'bad',
  'not-enough-data': 'none',
  'no-data': 'none',
  fresh: 'ok',
  late: 'warn',
  stale: 'bad',
  starting: 'run',
  answering: 'ok',
  canary: 'run',
  shadow: 'run',
  degraded: 'warn',
  'not-answering': 'bad',
  retired: 'stop',
  pending: 'run',
  ready: 'ok',
  approved: 'ok',
  refused: 'bad',
  withdrawn: 'stop',
  met: 'ok',
  'not-met': 'bad',
  firing: 'warn',
  resolved: 'ok',
  'not-reached': 'idle',
  start: 'ok',
  wait: 'wait',
  ignore: 'skip',
  'waiting-for-approval': 'wait',
  finished: 'ok',
  'rolled-back': 'stop',
  replaced: 'stop',
  done: 'ok',
  closed: 'ok',
  open: 'bad',
  'half-open': 'warn',
  better: 'ok',
  worse: 'bad',
  same: 'skip',
  paused: 'stop',
};

/** A state that is not in the closed lists is shown as unknown, never as well. */
export function shapeOf(state: string): Shape {
  return STATE_SHAPES[state] ?? 'unknown';
}

const URGENCY: Record<Shape, number> = {
  bad: 0,
  warn: 1,
  unknown: 2,
  none: 3,
  wait: 4,
  run: 5,
  stop: 6,
  skip: 7,
  ok: 8,
  idle: 9,
};

/** Order "worst first": negative when `a` is worse. */
export function compareUrgency(a: string, b: string): number {
  return URGENCY[shapeOf(a)] - URGENCY[shapeOf(b)];
}

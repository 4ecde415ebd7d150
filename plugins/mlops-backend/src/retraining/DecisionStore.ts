import { Decision } from '@mlops-portal/plugin-mlops-common';

export interface StoredDecision {
  id: string;
  causeKey: string;
  problem: string;
  at: string;
  eventTime: string;
  trigger: Decision['trigger'];
  outcome: Decision['outcome'];
  cause: string;
  because: string;
  actor: string;
  until: string;
  alertId?: string;
  /** open: the run is still to be started. */
  effect: 'none' | 'open' | 'done' | 'failed';
  effectError?: string;
  runId?: string;
  runNumber?: number;
}

export interface ProblemState {
  paused: boolean;
  pausedBy?: string;
  pausedReason?: string;
  /** The schedule that `nextAt` belongs to. */
  schedule: string;
  nextAt?: string;
}

export interface DecisionStore {
  /** The decision on this key: the one stored before, or this one. */
  add(decision: StoredDecision): Promise<StoredDecision>;
  byKey(causeKey: string): Promise<StoredDecision | undefined>;
  /** Newest first. */
  list(problem: string, limit: number): Promise<StoredDecision[]>;
  /** The newest start that was not in vain. */
  lastStart(problem: string): Promise<StoredDecision | undefined>;
  /** Decisions whose run is still to be started. */
  open(): Promise<StoredDecision[]>;
  setEffect(
    id: string,
    effect: Pick<
      StoredDecision,
      'effect' | 'effectError' | 'runId' | 'runNumber'
    >,
  ): Promise<StoredDecision>;
  problem(problem: string): Promise<ProblemState>;
  putProblem(problem: string, change: Partial<ProblemState>): Promise<void>;
}

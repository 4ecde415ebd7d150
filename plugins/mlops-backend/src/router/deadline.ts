import { ServiceUnavailableError } from '@backstage/errors';
import { RouteId } from '@mlops-portal/plugin-mlops-common';
import { Response } from 'express';

/** Milliseconds after which a caller is told that the answer is not to be had. */
export const DEADLINE_MS = 30_000;

/** Reading a large table or scoring a backlog takes longer than anything else a caller waits for. */
const LONGER: Partial<Record<RouteId, number>> = {
  inspectSource: 180_000,
  planProblem: 180_000,
  evaluateMonitoring: 300_000,
  // It has a limit of its own, and waits for those who asked before.
  getFeatureSegments: 120_000,
};

export function deadlineOf(operation: RouteId): number {
  return LONGER[operation] ?? DEADLINE_MS;
}

/** Runs the work until it answers, the caller goes away, or the time is over. */
export async function withDeadline<T>(
  res: Response,
  operation: string,
  work: (signal: AbortSignal) => Promise<T>,
  ms = DEADLINE_MS,
): Promise<T> {
  const controller = new AbortController();
  const late = new ServiceUnavailableError(
    `${operation} got no answer within ${
      ms / 1000
    } s: what it started may still finish, ask again`,
  );
  const timer = setTimeout(() => controller.abort(late), ms);
  const gone = () => {
    if (!res.writableFinished) {
      controller.abort(new Error('the caller went away'));
    }
  };
  res.on('close', gone);
  try {
    const aborted = new Promise<never>((_, reject) => {
      controller.signal.addEventListener('abort', () =>
        reject(controller.signal.reason),
      );
    });
    return await Promise.race([work(controller.signal), aborted]);
  } finally {
    clearTimeout(timer);
    res.off('close', gone);
  }
}

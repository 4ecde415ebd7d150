import { LoggerService } from '@backstage/backend-plugin-api';
import { Knex } from 'knex';
import { SliceParts } from '../context';
import { SliceHandlers } from '../router/handlers';
import {
  MonitoringSlice,
  PipelinesSlice,
  ProblemsSlice,
  RetrainingSlice,
} from '../slices';
import { LeaseStore } from '../jobs/LeaseStore';
import { Loop } from '../jobs/Loop';
import { DatabaseDecisionStore } from './DatabaseDecisionStore';
import { RetrainingService } from './RetrainingService';

type RetrainingRoutes = 'getRetraining' | 'retrain' | 'pauseRetraining';

const EVERY_MS = 15_000;

/** Decisions on retraining: by alert, by schedule, by a person. Asks monitoring only for the clock of the data. */
export function createRetrainingSlice(deps: {
  knex: Knex;
  leases: LeaseStore;
  logger: LoggerService;
  problems: ProblemsSlice;
  pipelines: PipelinesSlice;
  monitoring: Pick<MonitoringSlice, 'summary'>;
  now?: () => Date;
}): SliceParts<RetrainingSlice, RetrainingRoutes> & {
  tick(signal: AbortSignal): Promise<void>;
} {
  const service = new RetrainingService({
    ...deps,
    store: new DatabaseDecisionStore(deps.knex),
    now: deps.now ?? (() => new Date()),
  });
  const tick = async (signal: AbortSignal) => {
    await deps.leases.withLease('retraining', EVERY_MS * 4, () =>
      service.tick(signal),
    );
  };
  const loop = new Loop({
    name: 'deciding on retraining',
    everyMs: EVERY_MS,
    logger: deps.logger,
    work: tick,
  });
  const handlers: SliceHandlers<RetrainingRoutes> = {
    getRetraining: ({ params }) => service.view(params.problem),
    async retrain({ params: { problem }, body }, { actor }) {
      const clock = await service.clockOf({ name: problem });
      return service.consider({
        problem,
        trigger: 'person',
        key: `person/${problem}/${body.idempotencyKey}`,
        actor,
        reason: body.reason,
        eventTime: clock.eventTime,
        until: body.until ?? clock.until,
        alertId: body.alertId,
      });
    },
    pauseRetraining: ({ params, body }, { actor }) =>
      service.pause(params.problem, { ...body, actor }),
  };
  return {
    slice: {
      consider: question => service.consider(question),
      decisions: (problem, limit) => service.decisions(problem, limit),
      paused: problem => service.paused(problem),
    },
    handlers,
    tick,
    start: () => loop.start(),
    stop: () => loop.stop(),
  };
}

import { ConflictError } from '@backstage/errors';
import { Endpoint } from '@mlops-portal/plugin-mlops-common';
import { RolloutWorker, WorkerDeps } from './RolloutWorker';

/** A person moves the rollout on: time and sample size may be waived, a failed check or a missing approval may not. */
export async function promote(
  deps: WorkerDeps & { worker: RolloutWorker },
  request: {
    endpoint: string;
    reason: string;
    generation?: number;
    actor: string;
  },
): Promise<Endpoint> {
  const row = await deps.service.row(request.endpoint);
  const rollout = await deps.store.openRollout(row.name);
  if (!rollout || rollout.at >= rollout.steps.length - 1) {
    throw new ConflictError(
      `${row.name}: there is no rollout to move on; deploy a version first`,
    );
  }
  if (
    request.generation !== undefined &&
    request.generation !== row.generation
  ) {
    throw new ConflictError(
      `${row.name}: its traffic has changed since you looked; look again before you promote`,
    );
  }
  const failed = rollout.checks.find(check => check.state === 'not-met');
  if (failed) {
    throw new ConflictError(
      `${row.name}: version ${rollout.version} cannot take more traffic, ${failed.condition} is not met: ${failed.detail}`,
    );
  }
  const next = rollout.steps[rollout.at + 1];
  const facts = await deps.problems.facts(row.model);
  const approval = await deps.registry.approvalOf(row.model, rollout.version);
  if (
    next > deps.freeShares[facts.riskClass] &&
    approval?.state !== 'approved'
  ) {
    throw new ConflictError(
      `${row.name}: ${next} % of the traffic needs an approval of version ${
        rollout.version
      }${approval ? ` (request ${approval.id} is ${approval.state})` : ''}`,
    );
  }
  await deps.worker.moveTo(
    row,
    rollout,
    rollout.at + 1,
    request.actor,
    request.reason,
  );
  return deps.service.get(row.name);
}

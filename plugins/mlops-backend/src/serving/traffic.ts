import { RolloutRow, Traffic } from './ServingStore';

/** What a step is called in the endpoint's history. */
export function nameOfStep(rollout: RolloutRow, percent: number): string {
  if (percent < 100) return 'canary';
  return rollout.previous.length ? 'promote' : 'deploy';
}

/** The new revision gets its share, the versions before split the rest as they did. */
export function share(
  rollout: Pick<RolloutRow, 'revisionId' | 'previous'>,
  percent: number,
): Traffic {
  const others = rollout.previous.filter(
    t => t.revisionId !== rollout.revisionId && t.percent > 0,
  );
  const total = others.reduce((sum, t) => sum + t.percent, 0);
  if (percent === 100 || total === 0)
    return [{ revisionId: rollout.revisionId, percent: 100 }];
  const rest = others.map(t => ({
    ...t,
    percent: Math.round((t.percent / total) * (100 - percent)),
  }));
  rest[0].percent +=
    100 - percent - rest.reduce((sum, t) => sum + t.percent, 0);
  return [...rest, { revisionId: rollout.revisionId, percent }];
}

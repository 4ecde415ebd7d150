import { Endpoint } from '@mlops-portal/plugin-mlops-common';

/** Shares of traffic by version, production (the version that is not rolled out) first. */
export function partsOf(
  endpoint: Pick<Endpoint, 'revisions' | 'rollout'>,
): Array<{ label: string; percent: number; version: number }> {
  const rolled =
    endpoint.rollout?.state === 'finished'
      ? undefined
      : endpoint.rollout?.version;
  const shares = new Map<number, number>();
  for (const { version, percent } of endpoint.revisions) {
    if (percent > 0) shares.set(version, (shares.get(version) ?? 0) + percent);
  }
  return [...shares]
    .sort(([a], [b]) => Number(a === rolled) - Number(b === rolled) || a - b)
    .map(([version, percent]) => ({ version, percent, label: `v${version}` }));
}

/** Version to which everything would go back: production while a rollout is on, else the one before in the changes. */
export function versionBefore(
  endpoint: Pick<Endpoint, 'revisions' | 'rollout'> & {
    changes: Array<{ traffic: Array<{ version: number; percent: number }> }>;
  },
): number | undefined {
  const parts = partsOf(endpoint);
  if (parts.length > 1) return parts[0].version;
  const now = parts[0]?.version;
  return endpoint.changes
    .flatMap(change => change.traffic)
    .find(({ version, percent }) => percent === 100 && version !== now)
    ?.version;
}

import { DesiredEndpoint } from '@mlops-portal/plugin-mlops-node';

/** Shares that requests follow now; differs from the wanted ones while a revision with a share has not answered yet. */
export type Traffic = DesiredEndpoint['traffic'];

/**
 * Spreads ids evenly over 0..9999, always the same for the same id, so that a request sent again meets the same revision.
 * FNV-1a with a final mix; ids that count up spread too.
 */
export function bucketOf(id: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < id.length; i++) {
    hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) % 10_000;
}

/**
 * Revisions to ask, in order: the one that the weights choose, then the others with a share, largest first. A revision
 * without a share is never asked: it may be one that nobody has approved.
 *
 * @param bucket - 0..9999, from `bucketOf` or at random.
 */
export function orderOf(traffic: Traffic, bucket: number): string[] {
  const shares = traffic.filter(share => share.percent > 0);
  const total = shares.reduce((sum, share) => sum + share.percent, 0);
  let rest = (bucket / 10_000) * total;
  const chosen =
    shares.find(share => {
      rest -= share.percent;
      return rest < 0;
    }) ?? shares[shares.length - 1];
  if (!chosen) {
    return [];
  }
  return [
    chosen.revisionId,
    ...shares
      .filter(share => share !== chosen)
      .sort((a, b) => b.percent - a.percent)
      .map(share => share.revisionId),
  ];
}

/**
 * Shares to follow from now on. Traffic moves only when every revision that is to have a share answers; until then the
 * shares before stay. Where there were none, the wanted ones count at once and those that do not answer are passed over.
 */
export function nextTraffic(options: {
  wanted: Traffic;
  current: Traffic;
  isAnswering: (revisionId: string) => boolean;
}): Traffic {
  const { wanted, current, isAnswering } = options;
  const ready = wanted.every(
    share => share.percent === 0 || isAnswering(share.revisionId),
  );
  return ready || !current.some(share => share.percent > 0) ? wanted : current;
}

/** How long what runs leave behind stays. */
export interface Retention {
  /** Days after its end in which a run's outputs and logs stay. */
  days: number;
  /** The newest of each pipeline or repository stay whatever their age. */
  keepLast: number;
  /** Bytes that all of them may take together. */
  maxBytes: number;
  /** Days without use in which Python environments and checked-out code stay. */
  unusedDays: number;
}

export const DEFAULT_RETENTION: Retention = {
  days: 30,
  keepLast: 20,
  maxBytes: 10_000_000_000,
  unusedDays: 30,
};

/** What one run has left behind. */
export interface Remains {
  id: string;
  /** Its pipeline or repository. */
  group: string;
  bytes: number;
  /** Undefined while it works or waits. */
  endedAt?: Date;
}

/** Whoever still checks a new version, or looks at a failure of last night, finds everything. */
const UNTOUCHED_MS = 24 * 3_600_000;
const DAY_MS = 24 * 3_600_000;

/**
 * What goes, oldest first, each with the reason for people. Never: what is at work, what ended within the last day, and the newest
 * `keepLast` of a group, even if they take more than `maxBytes`.
 */
export function expired<R extends Remains>(
  all: R[],
  retention: Retention,
  now: Date,
): Array<{ remains: R; because: string }> {
  const free = all
    .filter(remains => !isProtected(remains, all, retention.keepLast, now))
    .sort((a, b) => endOf(a) - endOf(b));
  let bytes = all.reduce((sum, remains) => sum + remains.bytes, 0);
  const going: Array<{ remains: R; because: string }> = [];
  for (const remains of free) {
    const old = now.getTime() - endOf(remains) > retention.days * DAY_MS;
    if (!old && bytes <= retention.maxBytes) continue;
    bytes -= remains.bytes;
    going.push({
      remains,
      because: old
        ? `it is kept for ${retention.days} days`
        : `all runs together may take ${sizeOf(retention.maxBytes)}`,
    });
  }
  return going;
}

function isProtected(
  remains: Remains,
  all: Remains[],
  keepLast: number,
  now: Date,
): boolean {
  if (!remains.endedAt) return true;
  if (now.getTime() - endOf(remains) < UNTOUCHED_MS) return true;
  const later = all.filter(
    other =>
      other.group === remains.group &&
      (!other.endedAt || endOf(other) > endOf(remains)),
  );
  return later.length < keepLast;
}

function endOf({ endedAt }: Remains): number {
  return endedAt?.getTime() ?? Infinity;
}

function sizeOf(bytes: number): string {
  return bytes >= 1e9
    ? `${Number((bytes / 1e9).toFixed(1))} GB`
    : `${Math.round(bytes / 1e6)} MB`;
}

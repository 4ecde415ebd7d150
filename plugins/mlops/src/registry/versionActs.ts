import { VersionDetail } from '@mlops-portal/plugin-mlops-common';

/** Why an act is not possible: the end of a message key `version.why.<key>`, with what it names. */
export interface Why {
  key:
    | 'pending'
    | 'failed'
    | 'serving'
    | 'servingArchive'
    | 'production'
    | 'champion'
    | 'waiting'
    | 'approved'
    | 'archived'
    | 'alone'
    | 'mayNot';
  values?: Record<string, string>;
}

export interface VersionActStates {
  compare?: Why;
  archive?: Why;
  request?: Why;
  deploy?: Why;
}

/** What of `mlops.*` the reader may; undefined while that is not known, when nothing is held back for it. */
export type Permissions = Record<string, boolean> | undefined;

/** Acts of a version that are not possible now, with the reason that stands first in the way. */
export function whyNot(
  v: VersionDetail,
  permissions: Permissions,
): VersionActStates {
  const mayNot = (permission: string): Why | undefined =>
    permissions?.[permission] === false ? { key: 'mayNot' } : undefined;
  const unusable = unusableOf(v);
  return {
    compare: opponentOf(v) === undefined ? { key: 'alone' } : undefined,
    archive: archiveWhy(v) ?? mayNot('mlops.version.change'),
    request: unusable ?? requestWhy(v) ?? mayNot('mlops.approval.request'),
    deploy: unusable ?? deployWhy(v) ?? mayNot('mlops.endpoint.change'),
  };
}

/** Why a version cannot be picked as champion now. */
export function pickWhy(
  v: VersionDetail,
  permissions: Permissions,
): Why | undefined {
  return v.aliases.includes('champion')
    ? { key: 'champion', values: { version: String(v.version) } }
    : whyNot(v, permissions).deploy;
}

/** The version that was in production when this one was made: what it is compared with. */
export function opponentOf(v: VersionDetail): number | undefined {
  return v.championVersion === v.version ? undefined : v.championVersion;
}

function unusableOf({ state, reason }: VersionDetail): Why | undefined {
  if (state === 'pending') return { key: 'pending' };
  return state === 'failed'
    ? { key: 'failed', values: { reason: reason ?? '' } }
    : undefined;
}

function archiveWhy(v: VersionDetail): Why | undefined {
  if (v.stage === 'archived') return { key: 'archived' };
  const share = servedAt(v);
  if (share) return { key: 'servingArchive', values: share };
  return v.stage === 'production' ? { key: 'production' } : undefined;
}

function requestWhy(v: VersionDetail): Why | undefined {
  if (v.approval === 'waiting') return { key: 'waiting' };
  if (v.approval === 'approved') return { key: 'approved' };
  return v.stage === 'production' ? { key: 'production' } : undefined;
}

function deployWhy(v: VersionDetail): Why | undefined {
  const share = servedAt(v);
  return share && { key: 'serving', values: share };
}

/** Where it answers, and how much of the traffic there. */
export function servedAt(
  v: Pick<VersionDetail, 'traffic'>,
): { endpoint: string; percent: string } | undefined {
  const [most] = v.traffic
    .filter(({ percent }) => percent > 0)
    .sort((a, b) => b.percent - a.percent);
  return most && { endpoint: most.endpoint, percent: String(most.percent) };
}

import { ServingState } from '@mlops-portal/plugin-mlops-common';
import {
  EndpointStatus,
  RevisionStatus,
} from '@mlops-portal/plugin-mlops-node';
import { Counters } from './counters';
import { StoredEndpoint } from './endpointState';
import { RevisionServer } from './revisionServer';

function revisionStatus(
  stored: StoredEndpoint,
  id: string,
  server: RevisionServer | undefined,
  counters: Counters,
): RevisionStatus {
  const endpoint = stored.desired.name;
  const { requests, errors } = counters.ofRevision(endpoint, id);
  const { p50Ms, p95Ms } = counters.recentQuantiles(endpoint, id);
  const share = stored.traffic.find(({ revisionId }) => revisionId === id);
  return {
    id,
    state: server?.state ?? 'starting',
    ...(server?.reason ? { reason: server.reason } : {}),
    percent: share?.percent ?? 0,
    requests,
    errors,
    ...(p50Ms === undefined ? {} : { p50Ms, p95Ms }),
  };
}

/** An endpoint is what its clients meet: degraded while one of its versions fails and another answers for it. */
function stateOf(
  stored: StoredEndpoint,
  revisions: RevisionStatus[],
): { state: ServingState; reason?: string } {
  const [behind, ...others] = stored.desired.traffic
    .filter(share => share.percent > 0)
    .map(share => revisions.find(({ id }) => id === share.revisionId)!)
    .filter(revision => revision.state !== 'answering');
  if (!behind) {
    return { state: 'answering' };
  }
  const reason = `Revision ${behind.id}: ${behind.reason ?? 'is starting'}`;
  const answered = revisions.some(
    revision => revision.percent > 0 && revision.state === 'answering',
  );
  if (!answered) {
    return { state: behind.state, reason };
  }
  const failing = [behind, ...others].some(r => r.state === 'not-answering');
  return { state: failing ? 'degraded' : 'answering', reason };
}

/** What is, in the words of the contract; `percent` is the share that a revision has now, not the wanted one. */
export function endpointStatus(options: {
  stored: StoredEndpoint;
  servers: Map<string, RevisionServer>;
  counters: Counters;
  url: string;
}): EndpointStatus {
  const { stored, servers, counters, url } = options;
  const revisions = [...stored.desired.revisions, ...stored.kept].map(
    ({ id }) => revisionStatus(stored, id, servers.get(id), counters),
  );
  return {
    name: stored.desired.name,
    ...stateOf(stored, revisions),
    url,
    generation: stored.desired.generation,
    revisions,
    observedAt: new Date().toISOString(),
  };
}

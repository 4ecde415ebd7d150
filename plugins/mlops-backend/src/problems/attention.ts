import {
  Alert,
  Approval,
  AuditEntry,
  Decision,
  Endpoint,
  ProblemDetail,
  Run,
} from '@mlops-portal/plugin-mlops-common';
import { isSilent } from './silence';

interface Known {
  name: string;
  alerts: Alert[];
  approvals: Approval[];
  lastRun?: Run;
  endpoint?: Endpoint;
  now: Date;
}

/** What somebody should look at, most urgent first. `kind` chooses shape and words on the page. */
export function attentionOf(known: Known): ProblemDetail['attention'] {
  const { name, endpoint, lastRun } = known;
  const items: ProblemDetail['attention'] = [];
  if (endpoint && ['degraded', 'not-answering'].includes(endpoint.state)) {
    items.push({
      kind: endpoint.state,
      title: endpoint.name,
      detail: endpoint.reason ?? '',
      link: `/ml/endpoints/${name}`,
    });
  }
  if (endpoint && isSilent(endpoint, known.now)) {
    items.push({
      kind: 'engine',
      title: endpoint.engine,
      detail: '',
      link: '/ml/platform',
    });
  }
  if (endpoint?.rollout?.state === 'rolled-back') {
    items.push({
      kind: 'rolled-back',
      title: `v${endpoint.rollout.version}`,
      detail: endpoint.rollout.reason ?? '',
      link: `/ml/endpoints/${name}`,
    });
  }
  for (const alert of known.alerts.filter(
    a => a.state === 'firing' && !isMuted(a),
  )) {
    items.push({
      kind: 'alert',
      title: alert.title,
      detail: alert.acknowledgeReason ?? '',
      link: `/ml/alerts/${alert.id}`,
    });
  }
  if (lastRun?.state === 'failed') {
    items.push({
      kind: 'failed-run',
      title: `#${lastRun.number}`,
      detail: lastRun.reason ?? '',
      link: `/ml/runs/${lastRun.id}`,
    });
  }
  for (const approval of known.approvals.filter(a => a.state === 'waiting')) {
    const met = approval.conditions.filter(c => c.state === 'met').length;
    items.push({
      kind: 'approval',
      title: `v${approval.version}`,
      detail: `${met}/${approval.conditions.length}`,
      link: `/ml/approvals/${approval.id}`,
    });
  }
  return items;
}

function isMuted(alert: Alert): boolean {
  return (
    alert.mutedUntil !== undefined &&
    alert.mutedUntil > new Date().toISOString()
  );
}

/** Audit entries and decisions in one list, newest first. */
export function activityOf(
  name: string,
  audit: AuditEntry[],
  decisions: Decision[],
): ProblemDetail['activity'] {
  const acts = audit
    .filter(entry => entry.outcome === 'done')
    .map(entry => ({
      at: entry.at,
      actor: entry.actor,
      action: entry.action,
      object: entry.object,
      text: entry.reason ?? '',
    }));
  const decided = decisions.map(decision => ({
    at: decision.at,
    actor: decision.actor,
    action: `decision.${decision.outcome}`,
    object: name,
    text: decision.because,
    link: decision.runId ? `/ml/runs/${decision.runId}` : undefined,
  }));
  return [...acts, ...decided]
    .sort((a, b) => b.at.localeCompare(a.at))
    .slice(0, 12);
}

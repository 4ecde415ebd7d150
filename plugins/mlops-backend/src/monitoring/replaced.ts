import { Alert } from '@mlops-portal/plugin-mlops-common';
import { AuditLog } from '../audit/AuditLog';
import { AlertStore } from './AlertStore';

/**
 * Ends the alerts of a version that no longer answers: nobody can act on them any more, and what the version that took over drifts
 * by is an alert of its own. Each end is an entry of the audit. Nothing happens while it is not known who answers.
 *
 * @param answering - versions that get traffic now
 */
export async function endAlertsOfReplaced(
  deps: {
    alerts: Pick<AlertStore, 'firing' | 'resolve'>;
    audit?: Pick<AuditLog, 'record'>;
    now: () => Date;
  },
  { endpoint }: { endpoint: string },
  version: number,
  answering: number[] | undefined,
): Promise<Alert[]> {
  if (!answering?.length || answering.includes(version)) return [];
  const ended: Alert[] = [];
  for (const alert of await deps.alerts.firing(endpoint)) {
    if (alert.evidence.version !== version) continue;
    const at = deps.now().toISOString();
    const resolved = await deps.alerts.resolve(alert, at, 'replaced');
    if (!resolved) continue;
    ended.push(resolved);
    await deps.audit?.record({
      actor: 'policy',
      action: 'alert.resolve',
      object: `alert:${alert.id}`,
      about: endpoint,
      reason: `${
        alert.title
      }: version ${version} no longer answers, version ${answering.join(
        ' and ',
      )} does`,
      outcome: 'done',
    });
  }
  return ended;
}

import { useCallback } from 'react';
import { Alert } from '@mlops-portal/plugin-mlops-common';
import { useFormat, useText } from '../hooks';

/** "Drift: prev_delay_origin"; the hub's own title for kinds that are not known here. */
export function useAlertTitle() {
  const { say, metricName } = useText();
  return useCallback(
    (alert: Alert) =>
      say(
        `alerts.kind.${alert.kind}`,
        { subject: metricName(alert.subject) },
        alert.title,
      ),
    [say, metricName],
  );
}

/** "PSI 0.25 > 0.20, n = 113,206" */
export function useAlertEvidence() {
  const { t } = useText();
  const format = useFormat();
  return useCallback(
    ({ kind, evidence }: Alert) =>
      t(kind === 'drift' ? 'alerts.evidenceDrift' : 'alerts.evidenceQuality', {
        score:
          evidence.score === null
            ? t('common.none')
            : format.score(evidence.score),
        limit: format.score(evidence.limit),
        n: format.count(evidence.n),
      }),
    [t, format],
  );
}

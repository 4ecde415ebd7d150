import { useState } from 'react';
import { Button } from '@backstage/ui';
import { Alert } from '@mlops-portal/plugin-mlops-common';
import { ReasonDialog } from '../components';
import { useReasonedAct, useText } from '../hooks';
import { useAlertTitle } from './useAlertTitle';

const DAY_MS = 86_400_000;
const MUTE_DAYS = 7;

/** Acknowledge an alert, or mute it until a day with a reason. */
export function AlertActs(props: { alert: Alert; onChanged: () => void }) {
  const { t } = useText();
  const { alert } = props;
  const title = useAlertTitle()(alert);
  const [until, setUntil] = useState(() => dayAfter(MUTE_DAYS));
  const past = until < dayAfter(1);
  const acknowledge = useReasonedAct(
    (hub, { reason, signal }) =>
      hub.acknowledgeAlert({ id: alert.id, body: { reason } }, { signal }),
    props.onChanged,
  );
  const mute = useReasonedAct(
    (hub, { reason, signal }) =>
      hub.muteAlert(
        {
          id: alert.id,
          body: { reason, until: new Date(`${until}T00:00`).toISOString() },
        },
        { signal },
      ),
    props.onChanged,
  );
  return (
    <>
      {!alert.acknowledgedBy && (
        <Button size="small" variant="secondary" onPress={acknowledge.open}>
          {t('alert.acknowledge')}
        </Button>
      )}
      <Button size="small" variant="tertiary" onPress={mute.open}>
        {t('alert.mute')}
      </Button>
      <ReasonDialog
        {...acknowledge.dialog}
        title={t('alert.acknowledgeTitle', { title })}
        changes={[t('alert.acknowledgeChange')]}
        confirm={t('alert.acknowledgeDo')}
      />
      <ReasonDialog
        {...mute.dialog}
        title={t('alert.muteTitle', { title })}
        changes={[t('alert.muteChange')]}
        confirm={t('alert.muteDo')}
        onConfirm={reason => {
          if (!past) mute.dialog.onConfirm(reason);
        }}
      >
        <label className="ml-field">
          {t('alert.muteUntil')}
          <input
            type="date"
            value={until}
            min={dayAfter(1)}
            aria-invalid={past || undefined}
            onChange={event => setUntil(event.target.value)}
          />
          {past && (
            <span className="ml-bad" role="alert">
              {t('alert.mutePast')}
            </span>
          )}
        </label>
      </ReasonDialog>
    </>
  );
}

/** Calendar day of the reader so many days from now, as YYYY-MM-DD. */
function dayAfter(days: number): string {
  const at = new Date(Date.now() + days * DAY_MS);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

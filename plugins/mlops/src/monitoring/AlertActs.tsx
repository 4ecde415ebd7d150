import { useState } from 'react';
import { Button } from '@backstage/ui';
import { Alert } from '@mlops-portal/plugin-mlops-common';
import { ReasonDialog } from '../components';
import { useAct, useText } from '../hooks';
import { useAlertTitle } from './useAlertTitle';

const DAY_MS = 86_400_000;
const MUTE_DAYS = 7;

/** Acknowledge an alert, or mute it until a day with a reason. */
export function AlertActs(props: { alert: Alert; onChanged: () => void }) {
  const { t } = useText();
  const { alert } = props;
  const title = useAlertTitle()(alert);
  const [open, setOpen] = useState<'acknowledge' | 'mute'>();
  const [until, setUntil] = useState(() => dayAfter(MUTE_DAYS));
  const { act, busy, error, clear } = useAct();
  const close = () => {
    setOpen(undefined);
    clear();
  };
  const finish = (done: Alert | undefined) => {
    if (!done) return;
    close();
    props.onChanged();
  };
  const acknowledge = async (reason: string) =>
    finish(
      await act((hub, signal) =>
        hub.acknowledgeAlert({ id: alert.id, body: { reason } }, { signal }),
      ),
    );
  const mute = async (reason: string) => {
    if (until < dayAfter(1)) return;
    finish(
      await act((hub, signal) =>
        hub.muteAlert(
          {
            id: alert.id,
            body: { reason, until: new Date(`${until}T00:00`).toISOString() },
          },
          { signal },
        ),
      ),
    );
  };
  return (
    <>
      {!alert.acknowledgedBy && (
        <Button
          size="small"
          variant="secondary"
          onPress={() => setOpen('acknowledge')}
        >
          {t('alert.acknowledge')}
        </Button>
      )}
      <Button size="small" variant="tertiary" onPress={() => setOpen('mute')}>
        {t('alert.mute')}
      </Button>
      <ReasonDialog
        isOpen={open === 'acknowledge'}
        title={t('alert.acknowledgeTitle', { title })}
        changes={[t('alert.acknowledgeChange')]}
        confirm={t('alert.acknowledgeDo')}
        busy={busy}
        error={error}
        onClose={close}
        onConfirm={acknowledge}
      />
      <ReasonDialog
        isOpen={open === 'mute'}
        title={t('alert.muteTitle', { title })}
        changes={[t('alert.muteChange')]}
        confirm={t('alert.muteDo')}
        busy={busy}
        error={error}
        onClose={close}
        onConfirm={mute}
      >
        <label className="ml-field">
          {t('alert.muteUntil')}
          <input
            type="date"
            value={until}
            min={dayAfter(1)}
            aria-invalid={until < dayAfter(1) || undefined}
            onChange={event => setUntil(event.target.value)}
          />
          {until < dayAfter(1) && (
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

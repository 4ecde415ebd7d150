import { ReactNode, useEffect, useState } from 'react';
import { Skeleton } from '@backstage/ui';
import { HubValue, useFormat, useNow, useText } from '../hooks';
import { ErrorNotice } from './ErrorNotice';
import { StateShape } from './State';

const QUIET_MS = 300;
const LONG_MS = 5000;
const STALE_MS = 60_000;

/** Shows an answer of the hub: nothing for 300 ms, then its outline, after 5 s what is awaited; an old answer says its age. */
export function LoadState<T>(props: {
  of: HubValue<T>;
  /** The object in words, for "Loading …" and errors. */
  what: string;
  /** Rows of the outline. */
  rows?: number;
  children: (value: T) => ReactNode;
}) {
  const { of, what } = props;
  if (of.value !== undefined) {
    return (
      <>
        {of.error && of.loadedAt && (
          <StaleNotice what={what} loadedAt={of.loadedAt} />
        )}
        {props.children(of.value)}
      </>
    );
  }
  if (of.error) {
    return <ErrorNotice what={what} error={of.error} onRetry={of.refresh} />;
  }
  return <Waiting what={what} rows={props.rows ?? 4} />;
}

function Waiting(props: { what: string; rows: number }) {
  const { t } = useText();
  const waited = useWaited();
  if (waited < QUIET_MS) return <div aria-busy="true" />;
  return (
    <div aria-busy="true" role="status" className="ml-card ml-skeletons">
      <span className="ml-s12 ml-3">
        {waited >= LONG_MS
          ? t('load.waiting', { what: props.what })
          : t('load.loading', { what: props.what })}
      </span>
      {Array.from({ length: props.rows }, (_, i) => (
        <Skeleton key={i} width={`${96 - ((i * 17) % 40)}%`} height={18} />
      ))}
    </div>
  );
}

function useWaited(): number {
  const [waited, setWaited] = useState(0);
  useEffect(() => {
    const timers = [QUIET_MS, LONG_MS].map(ms =>
      setTimeout(() => setWaited(ms), ms),
    );
    return () => timers.forEach(clearTimeout);
  }, []);
  return waited;
}

function StaleNotice(props: { what: string; loadedAt: number }) {
  const now = useNow();
  const { t } = useText();
  const format = useFormat();
  if (now - props.loadedAt < STALE_MS) return null;
  const age = format.ago(new Date(props.loadedAt).toISOString());
  return (
    <div className="ml-notice" role="status">
      <StateShape state="unknown" />
      <div>{t('load.stale', { what: props.what, age })}</div>
    </div>
  );
}

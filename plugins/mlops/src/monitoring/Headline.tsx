import { useState } from 'react';
import { RiRefreshLine } from '@remixicon/react';
import { Button } from '@backstage/ui';
import { MonitoringView } from '@mlops-portal/plugin-mlops-common';
import { Age, ErrorNotice, StateShape } from '../components';
import { useAct, useFormat, useText } from '../hooks';
import { RetrainButton } from './RetrainButton';

const DATE = /^\d{4}-\d\d-\d\d/;
const TONES: Partial<Record<MonitoringView['health'], string>> = {
  drift: ' warn',
  'below-target': ' bad',
};
const WHOLE = new Set([
  'n',
  'minRows',
  'over',
  'version',
  'days',
  'ofDays',
  'rows',
]);

/** The answer first: one sentence, what it rests on, and the acts. */
export function Headline(props: {
  view: MonitoringView;
  onChanged: () => void;
}) {
  const { t, say, stateWord } = useText();
  const { view } = props;
  const { act, busy, error } = useAct();
  const [done, setDone] = useState<string>();
  const values = useHeadlineValues(view);
  const format = useFormat();
  const evaluate = async () => {
    const result = await act((hub, signal) =>
      hub.evaluateMonitoring({ endpoint: view.endpoint, body: {} }, { signal }),
    );
    if (!result) return;
    setDone(
      t('monitoring.evaluateDone', {
        windows: format.count(result.windows),
        alerts: format.count(result.alerts),
        decisions: format.count(result.decisions.length),
      }),
    );
    props.onChanged();
  };
  const { key } = view.headline;
  const { before } = view.standing;
  const tone = TONES[view.health] ?? '';
  return (
    <>
      <section className={`ml-notice${tone} ml-headline`}>
        <StateShape state={view.health} size={16} />
        <div>
          <strong>
            {say(`headline.${key}`, values, stateWord(view.health))}
          </strong>{' '}
          {before &&
            t('headline.before', {
              version: String(before.version),
              state: stateWord(before.health),
              size: t(`monitoring.${view.cell}`),
              window: format.dayMonth(before.window),
            })}{' '}
          {key === 'below-target'
            ? t('headline.quality', values)
            : view.headline.values.feature !== undefined &&
              t('headline.worst', values)}{' '}
          <span className="ml-2">
            {view.evaluatedAt ? (
              <Age at={view.evaluatedAt} />
            ) : (
              t('monitoring.neverEvaluated')
            )}
          </span>
          {done && <div role="status">{done}</div>}
        </div>
        <span className="ml-push ml-row wrap">
          <Button
            size="small"
            variant="secondary"
            isPending={busy}
            iconStart={<RiRefreshLine size={16} />}
            onPress={evaluate}
          >
            {t('monitoring.evaluate')}
          </Button>
          <RetrainButton
            problem={view.endpoint}
            primary
            onDone={props.onChanged}
          />
        </span>
      </section>
      {error && (
        <ErrorNotice what={t('monitoring.evaluate')} error={error} act />
      )}
    </>
  );
}

/** Values of the sentence, written in the reader's language. */
function useHeadlineValues(view: MonitoringView): Record<string, string> {
  const { t, metricName } = useText();
  const format = useFormat();
  const write = (name: string, value: string | number): string => {
    if (name === 'size') return t(`monitoring.${view.cell}`);
    if (name === 'metric') return metricName(String(value));
    if (typeof value === 'string')
      return DATE.test(value) ? format.dayMonth(value) : value;
    if (name === 'version') return String(value);
    return WHOLE.has(name) ? format.count(value) : format.score(value);
  };
  return Object.fromEntries(
    Object.entries(view.headline.values).map(([name, value]) => [
      name,
      write(name, value),
    ]),
  );
}

import { FormEvent, useState } from 'react';
import { Button } from '@backstage/ui';
import { Trace } from '@mlops-portal/plugin-mlops-common';
import { Card, Facts, LoadState, PlainTable } from '../components';
import { useFormat, useHub, useText } from '../hooks';
import { ChainList } from './ChainList';
import { LineageCard } from './LineageCard';

/** Asks for the endpoint and the id of one prediction. */
export function TraceForm(props: {
  endpoint: string;
  prediction: string;
  onTrace: (endpoint: string, prediction: string) => void;
}) {
  const { t } = useText();
  const [endpoint, setEndpoint] = useState(props.endpoint);
  const [prediction, setPrediction] = useState(props.prediction);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // Labels name the row after a slash; in a path it stands after a tilde.
    const id = prediction.trim().replace(/\/(\d+)$/, '~$1');
    if (endpoint.trim() && id)
      props.onTrace(endpoint.trim(), /~\d+$/.test(id) ? id : `${id}~0`);
  };
  return (
    <form className="ml-inline-form" onSubmit={submit}>
      <label className="ml-field">
        {t('trace.endpoint')}
        <input
          dir="ltr"
          required
          value={endpoint}
          onChange={event => setEndpoint(event.target.value)}
        />
      </label>
      <label className="ml-field">
        {t('trace.prediction')}
        <input
          dir="ltr"
          required
          value={prediction}
          placeholder={t('trace.predictionHint')}
          onChange={event => setPrediction(event.target.value)}
        />
      </label>
      <Button type="submit" size="small" variant="secondary">
        {t('trace.find')}
      </Button>
    </form>
  );
}

/** The chain behind one answer: what was asked, what answered, what that was made of. */
export function TraceView(props: {
  endpoint: string;
  id: string;
  onStart: (id: string) => void;
}) {
  const { t } = useText();
  const { endpoint, id } = props;
  const hub = useHub(
    (client, signal) => client.tracePrediction({ endpoint, id }, { signal }),
    ['trace', endpoint, id],
  );
  return (
    <LoadState of={hub} what={t('trace.what', { id, endpoint })} rows={8}>
      {trace => (
        <>
          <div className="ml-two">
            <Card title={t('trace.what', { id, endpoint })}>
              <Answer trace={trace} />
              <ChainList trace={trace} />
            </Card>
            <Card title={t('trace.features')} flush>
              <PlainTable
                label={t('trace.features')}
                columns={[t('trace.feature'), t('trace.value')]}
                rows={Object.entries(trace.features).map(([name, value]) => [
                  <code key={name}>{name}</code>,
                  value === null ? (
                    <span className="ml-3">{t('trace.missing')}</span>
                  ) : (
                    <bdi key="value">{String(value)}</bdi>
                  ),
                ])}
              />
            </Card>
          </div>
          <LineageCard
            lineage={trace.lineage}
            onStart={props.onStart}
            onExpand={props.onStart}
          />
        </>
      )}
    </LoadState>
  );
}

/** What was answered, and what turned out. */
function Answer(props: { trace: Trace }) {
  const { t } = useText();
  const format = useFormat();
  const { trace } = props;
  return (
    <Facts
      items={[
        [
          t('trace.answer'),
          <b key="answer">
            {typeof trace.prediction === 'number'
              ? format.number(trace.prediction, { maximumSignificantDigits: 4 })
              : trace.prediction ?? t('common.none')}
          </b>,
        ],
        [
          t('trace.label'),
          trace.label === null ? t('trace.noLabel') : String(trace.label),
        ],
        trace.eventTime
          ? [t('trace.eventTime'), format.eventDate(trace.eventTime)]
          : undefined,
      ]}
    />
  );
}

import { Trace } from '@mlops-portal/plugin-mlops-common';
import { Card, Facts, LoadState, PlainTable } from '../components';
import { useFormat, useHub, useText } from '../hooks';
import { ChainList } from './ChainList';
import { LineageCard } from './LineageCard';

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

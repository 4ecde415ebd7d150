import {
  FeatureScores,
  FeatureSegments,
  MonitoringView,
} from '@mlops-portal/plugin-mlops-common';
import { LoadState } from '../../components';
import { useFormat, useHub, useText } from '../../hooks';
import { SegmentTable } from './SegmentTable';

/** Predictions are read for the answer, and others may have asked before. */
const TIMEOUT_MS = 120_000;

/** Where in the values of a feature the model is wrong, and how much of the traffic that is. */
export function SegmentsPart(props: {
  view: MonitoringView;
  feature: FeatureScores;
  window: string;
}) {
  const { t, metricName } = useText();
  const { view, feature, window } = props;
  const version = view.asServed ? undefined : view.version ?? undefined;
  const hub = useHub(
    (client, signal) =>
      client.getFeatureSegments(
        {
          endpoint: view.endpoint,
          feature: feature.feature,
          version,
          cell: view.cell,
          window,
        },
        { signal },
      ),
    ['segments', view.endpoint, feature.feature, version, view.cell, window],
    { asOf: view.evaluatedAt, timeoutMs: TIMEOUT_MS },
  );
  return (
    <section className="ml-drawer-part">
      <div className="ml-row wrap">
        <h3>{t('segments.title')}</h3>
        {hub.value && (
          <span className="ml-s12 ml-3">
            {t('segments.sub', {
              metric: metricName(hub.value.metric.name),
              feature: feature.feature,
              version: hub.value.version,
            })}
          </span>
        )}
      </div>
      <LoadState
        of={hub}
        what={t('segments.what', { feature: feature.feature })}
        rows={4}
      >
        {found => (
          <Found
            found={found}
            primary={view.qualityMetric?.name ?? found.metric.name}
          />
        )}
      </LoadState>
    </section>
  );
}

function Found(props: { found: FeatureSegments; primary: string }) {
  const { t, metricName } = useText();
  const format = useFormat();
  const { found, primary } = props;
  const { days, removedDays, metric } = found;
  if (!found.segments.length) {
    return (
      <p className="ml-s12 ml-2">
        {t(removedDays ? 'segments.gone' : 'segments.empty')}
      </p>
    );
  }
  return (
    <>
      {!found.labels && <p className="ml-s12 ml-2">{t('segments.noLabels')}</p>}
      {found.labels > 0 && !metric.primary && primary !== metric.name && (
        <p className="ml-s12 ml-2">
          {t('segments.substitute', {
            primary: metricName(primary),
            metric: metricName(metric.name),
          })}
        </p>
      )}
      <SegmentTable found={found} />
      {found.typical !== null && (
        <p className="ml-s11 ml-3">
          {t('segments.typical', { value: format.metric(found.typical) })}
        </p>
      )}
      {removedDays > 0 && (
        <p className="ml-s11 ml-3">
          {t('segments.removed', {
            n: format.count(removedDays),
            all: format.count(days + removedDays),
          })}
        </p>
      )}
    </>
  );
}

import { ReactNode } from 'react';
import {
  EndpointDetail,
  MonitoringView,
} from '@mlops-portal/plugin-mlops-common';
import { Figure, FigureStrip, Sparkline, State } from '../components';
import { useFormat, useText } from '../hooks';
import { newestOf } from './heat';

const SPARK = 12;

/** Volume, labels, latency, quality, drift: each with its sample size, window or age. */
export function Figures(props: {
  view: MonitoringView;
  endpoint?: EndpointDetail;
}) {
  const { t } = useText();
  return (
    <FigureStrip label={t('monitoring.figures')}>
      <Predictions view={props.view} />
      <Coverage view={props.view} />
      <Latency view={props.view} endpoint={props.endpoint} />
      <Quality view={props.view} />
      <Drifting view={props.view} />
    </FigureStrip>
  );
}

function Value(props: { children: ReactNode; spark?: ReactNode }) {
  return (
    <span className="ml-value">
      <span>{props.children}</span>
      {props.spark}
    </span>
  );
}

function Predictions(props: { view: MonitoringView }) {
  const { t } = useText();
  const format = useFormat();
  const { volume, capture } = props.view;
  const last = volume[volume.length - 1];
  const window = last ? format.dayMonth(last.window) : t('common.none');
  const label = t('monitoring.predictions');
  return (
    <Figure
      label={label}
      value={
        <Value
          spark={
            volume.length > 1 && (
              <Sparkline
                points={volume.slice(-SPARK).map(v => v.predictions)}
                covers={[0]}
                label={label}
              />
            )
          }
        >
          {format.count(last?.predictions ?? 0)}
        </Value>
      }
      note={
        <>
          {capture.served
            ? t('monitoring.predictionsShare', {
                window,
                share: format.percent(capture.captured / capture.served, 2),
                served: format.count(capture.served),
              })
            : t('monitoring.predictionsNote', {
                window,
                captured: format.count(capture.captured),
              })}
          {capture.refused > 0 &&
            `; ${t('monitoring.refused', {
              n: format.count(capture.refused),
            })}`}
        </>
      }
    />
  );
}

function Coverage(props: { view: MonitoringView }) {
  const { t } = useText();
  const format = useFormat();
  const { volume, capture } = props.view;
  const label = t('monitoring.coverage');
  const share = (v: { labels: number; predictions: number }) =>
    v.predictions ? v.labels / v.predictions : null;
  const last = [...volume].reverse().find(v => v.labels > 0);
  return (
    <Figure
      label={label}
      value={
        <Value
          spark={
            volume.length > 1 && (
              <Sparkline
                points={volume.slice(-SPARK).map(share)}
                covers={[0, 1]}
                label={label}
              />
            )
          }
        >
          {last ? format.percent(share(last) ?? 0, 1) : t('common.none')}
        </Value>
      }
      note={
        <>
          {last
            ? `${t('monitoring.coverageNote', {
                labels: format.count(last.labels),
                predictions: format.count(last.predictions),
              })}, ${format.dayMonth(last.window)}`
            : t('monitoring.noLabels')}
          {capture.unknownLabels > 0 &&
            `; ${t('monitoring.unknownLabels', {
              n: format.count(capture.unknownLabels),
            })}`}
        </>
      }
    />
  );
}

function Latency(props: { view: MonitoringView; endpoint?: EndpointDetail }) {
  const { t } = useText();
  const format = useFormat();
  const revision = props.endpoint?.revisions.find(
    r => r.version === props.view.version && r.p95Ms !== undefined,
  );
  const ms = (value: number) =>
    format.number(value, { maximumFractionDigits: 1 });
  return (
    <Figure
      label={t('monitoring.latency')}
      value={revision ? ms(revision.p95Ms!) : t('common.none')}
      unit={revision ? t('unit.ms') : undefined}
      note={
        revision
          ? t('monitoring.latencyNote', {
              p50:
                revision.p50Ms === undefined
                  ? t('common.none')
                  : ms(revision.p50Ms),
            })
          : t('monitoring.latencyNone')
      }
    />
  );
}

function Quality(props: { view: MonitoringView }) {
  const { t, metricName } = useText();
  const format = useFormat();
  const { quality, qualityMetric } = props.view;
  if (!qualityMetric) return null;
  const points = quality.filter(p => p.metric === qualityMetric.name);
  const last = [...points].reverse().find(p => p.value !== null);
  const label = metricName(qualityMetric.name);
  const half =
    last && last.low !== null && last.high !== null
      ? (last.high - last.low) / 2
      : undefined;
  const reference =
    qualityMetric.reference === null
      ? t('common.none')
      : format.metric(qualityMetric.reference);
  return (
    <Figure
      label={
        <>
          {label}
          {last && last.health === 'below-target' && (
            <State state="below-target" />
          )}
        </>
      }
      value={
        <Value
          spark={
            points.length > 1 && (
              <Sparkline
                points={points.slice(-SPARK).map(p => p.value)}
                label={label}
              />
            )
          }
        >
          {last ? format.metric(last.value!) : t('common.none')}
          {half !== undefined && <small> ± {format.metric(half)}</small>}
        </Value>
      }
      note={
        <>
          {qualityMetric.target === null
            ? t('monitoring.metricNoteReference', { reference })
            : t('monitoring.metricNote', {
                target: format.score(qualityMetric.target),
                reference,
              })}
          {'; '}
          {last
            ? t('common.n', { n: format.count(last.labels) })
            : t('monitoring.noLabels')}
        </>
      }
    />
  );
}

function Drifting(props: { view: MonitoringView }) {
  const { t } = useText();
  const format = useFormat();
  const features = props.view.features.filter(f => f.role === 'feature');
  const drifting = features.filter(f => f.health === 'drift');
  const window = features.map(newestOf).find(Boolean)?.window;
  const counts = props.view.windows
    .slice(-SPARK)
    .map(
      w =>
        features.filter(f =>
          f.scores.some(s => s.window === w && s.health === 'drift'),
        ).length,
    );
  const label = t('monitoring.drifting');
  return (
    <Figure
      label={label}
      value={
        <Value
          spark={
            counts.length > 1 && (
              <Sparkline
                points={counts}
                covers={[0]}
                label={label}
                tone={drifting.length ? 'warn' : 'plain'}
              />
            )
          }
        >
          {window ? format.count(drifting.length) : t('common.none')}{' '}
          <small>
            {t('monitoring.driftingOf', { n: format.count(features.length) })}
          </small>
        </Value>
      }
      note={
        window
          ? t('monitoring.driftingNote', {
              limit: format.score(props.view.limit),
              window: format.dayMonth(window),
            })
          : t('state.no-data')
      }
    />
  );
}

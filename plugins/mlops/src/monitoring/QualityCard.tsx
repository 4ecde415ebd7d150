import { MonitoringView } from '@mlops-portal/plugin-mlops-common';
import { Card, ChartFrame, EmptyState, LegendItem, State } from '../components';
import { CoverageBars } from '../components/CoverageBars';
import { TimeChart } from '../components/TimeChart';
import { useFormat, useText } from '../hooks';

/** Primary metric of the version by window with its interval and the target; label coverage below, counts in the table. */
export function QualityCard(props: { view: MonitoringView }) {
  const { t, metricName, say } = useText();
  const format = useFormat();
  const { view } = props;
  const { qualityMetric } = view;
  if (!qualityMetric) return null;
  const name = metricName(qualityMetric.name);
  const points = view.quality.filter(p => p.metric === qualityMetric.name);
  const title = t('quality.title', { metric: name });
  if (!points.some(p => p.value !== null))
    return (
      <Card title={title} flush>
        <EmptyState title={t('quality.emptyTitle')}>
          {t('quality.emptyText', { endpoint: view.endpoint })}
        </EmptyState>
      </Card>
    );
  const number = (value: number | null) =>
    value === null ? t('common.none') : format.metric(value);
  return (
    <ChartFrame
      id="quality"
      title={title}
      sub={
        view.asServed
          ? t('quality.subServed', { size: t(`monitoring.${view.cell}`) })
          : t('quality.sub', {
              version: String(view.version),
              size: t(`monitoring.${view.cell}`),
            })
      }
      axis={[name, say(`metricHint.${qualityMetric.name}`, {}, '')]
        .filter(Boolean)
        .join(', ')}
      table={{
        columns: [
          t('quality.window'),
          t('quality.version'),
          name,
          t('quality.intervalColumn'),
          t('quality.labels'),
          t('quality.predictions'),
          t('quality.coverageColumn'),
          t('quality.meanPrediction'),
          t('quality.meanLabel'),
          t('quality.health'),
        ],
        rows: points.map(p => [
          format.dayMonth(p.window),
          p.version === undefined ? t('common.none') : `v${p.version}`,
          number(p.value),
          p.low === null || p.high === null
            ? t('common.none')
            : `${format.metric(p.low)} – ${format.metric(p.high)}`,
          format.count(p.labels),
          format.count(p.predictions),
          p.coverage === null
            ? t('common.none')
            : format.percent(p.coverage, 1),
          number(p.meanPrediction),
          number(p.meanLabel),
          <State key="health" state={p.health} />,
        ]),
      }}
      legend={
        <>
          <LegendItem kind="line" colour="var(--ml-c1)">
            {t('quality.interval', { metric: name })}
          </LegendItem>
          <LegendItem kind="area" colour="var(--ml-c3)">
            {t('quality.coverage')}
          </LegendItem>
          <LegendItem kind="hatch">{t('monitoring.noLabels')}</LegendItem>
          {driftWindows(view).length > 0 && (
            <LegendItem
              kind="area"
              colour="color-mix(in srgb, var(--ml-c2) 25%, transparent)"
            >
              {t('quality.shaded')}
            </LegendItem>
          )}
        </>
      }
    >
      <TimeChart
        label={title}
        points={points.map(p => ({
          window: p.window,
          value: p.value,
          open: p.open,
          ...(p.low === null || p.high === null
            ? {}
            : { band: [p.low, p.high] }),
        }))}
        line={
          qualityMetric.target === null
            ? undefined
            : {
                value: qualityMetric.target,
                label: t('quality.target', {
                  value: format.score(qualityMetric.target),
                }),
              }
        }
        marks={marksOf(view)}
        shaded={driftWindows(view)}
        write={format.metric}
        hint={at => (
          <>
            <div>
              {name} {format.metric(points[at].value!)}
              {points[at].version !== undefined && `, v${points[at].version}`}
            </div>
            <div className="ml-3">
              {t('common.n', { n: format.count(points[at].labels) })}
            </div>
          </>
        )}
      >
        <CoverageBars points={points} />
      </TimeChart>
    </ChartFrame>
  );
}

/** Windows of the first version, of each that took over, with its flag. */
function marksOf(view: MonitoringView) {
  const first = view.periods.find(({ version }) => version !== null);
  return view.periods.flatMap(({ window, starts }) => {
    const versions =
      window === first?.window ? [first.version, ...starts] : starts;
    return versions.length
      ? [{ window, label: versions.map(v => `v${v}`).join(' ') }]
      : [];
  });
}

/** Closed windows in which a feature drifted. */
function driftWindows(view: MonitoringView): string[] {
  return view.windows.filter(window =>
    view.features.some(
      ({ role, scores }) =>
        role === 'feature' &&
        scores.some(s => s.window === window && s.health === 'drift'),
    ),
  );
}

import {
  Bar,
  BarChart,
  CartesianGrid,
  Line,
  LineChart,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import {
  ChartFrame,
  Card,
  EmptyState,
  LegendItem,
  LoadState,
  Segmented,
} from '../components';
import { useFormat, useHub, useNow, useQueryState, useText } from '../hooks';
import { MessageKey } from '../hooks/useText';
import { Lines, linesOf, standsAlone, thin, totalOf, withGaps } from './series';

const REFRESH_MS = 30_000;
const HEIGHT = 128;
/** Bars and points that fit into one small plot. */
const BARS = 36;
const POINTS = 144;
const SPANS = ['1', '24', '168'];
const METRICS = ['requests', 'errors', 'p50', 'p95'] as const;
const COLOURS = ['var(--ml-ref)', 'var(--ml-c1)', 'var(--ml-c2)'];
const colour = (i: number) => COLOURS[i % COLOURS.length];
const DASHES = [undefined, '5 3', '2 2'];

/** Requests, errors and latency by version over the last hours; the span is in the URL (?hours=). */
export function SeriesCard(props: { name: string }) {
  const { t } = useText();
  const format = useFormat();
  const { name } = props;
  const [hours, setHours] = useQueryState('hours', '24');
  const span = (h: string) =>
    Number(h) > 48
      ? t('series.days', { n: format.count(Number(h) / 24) })
      : t('series.hours', { n: format.count(Number(h)) });
  const hub = useHub(
    (client, signal) =>
      client.getEndpointSeries(
        { name, hours: Number(hours) || 24 },
        { signal },
      ),
    ['series', name, hours],
    { refreshMs: REFRESH_MS },
  );
  const title = t('series.last', { span: span(hours) });
  const spans = (
    <Segmented
      label={t('series.span')}
      value={hours}
      onChange={setHours}
      options={SPANS.map(id => ({ id, title: span(id) }))}
    />
  );
  return (
    <LoadState of={hub} what={title} rows={4}>
      {({ series }) => {
        const lines = METRICS.map(metric => linesOf(series, metric));
        const keys = [...new Set(lines.flatMap(each => each.keys))];
        if (!lines.some(each => each.rows.length))
          return (
            <Card title={title} acts={spans} flush>
              <EmptyState title={t('series.emptyTitle')}>
                {t('series.emptyText')}
              </EmptyState>
            </Card>
          );
        return (
          <ChartFrame
            id="series"
            title={title}
            sub={t('series.sub', { n: format.count(totalOf(lines[0])) })}
            acts={spans}
            legend={keys.map((key, i) => (
              <LegendItem
                key={key}
                kind={i ? 'dash' : 'line'}
                colour={COLOURS[i % COLOURS.length]}
              >
                {key}
              </LegendItem>
            ))}
            table={seriesTable(lines, keys, t, format)}
          >
            <div className="ml-series">
              {METRICS.map((metric, i) => (
                <figure key={metric}>
                  <figcaption className="ml-axis-title">
                    {t(`series.${metric}`)}
                  </figcaption>
                  <Plot
                    lines={lines[i]}
                    keys={keys}
                    bars={i < 2}
                    label={t(`series.${metric}`)}
                    hours={Number(hours) || 24}
                  />
                </figure>
              ))}
            </div>
          </ChartFrame>
        );
      }}
    </LoadState>
  );
}

function seriesTable(
  lines: Lines[],
  keys: string[],
  t: (key: MessageKey) => string,
  format: ReturnType<typeof useFormat>,
) {
  const times = [...new Set(lines.flatMap(l => l.rows.map(r => r.at)))].sort(
    (a, b) => a - b,
  );
  const shown = METRICS.flatMap((metric, i) =>
    lines[i].rows.length
      ? keys.map(key => ({
          key,
          at: i,
          title: `${t(`series.${metric}`)} ${key}`,
        }))
      : [],
  );
  return {
    columns: [t('series.time'), ...shown.map(({ title }) => title)],
    rows: times.map(at => [
      format.moment(new Date(at * 1000).toISOString()),
      ...shown.map(({ key, at: i }) => {
        const value = lines[i].rows.find(r => r.at === at)?.[key];
        return value === undefined
          ? t('common.none')
          : format.number(value, { maximumFractionDigits: 1 });
      }),
    ]),
  };
}

function Plot(props: {
  lines: Lines;
  keys: string[];
  bars: boolean;
  label: string;
  /** Length of the time axis; it ends now. */
  hours: number;
}) {
  const { t } = useText();
  const format = useFormat();
  const now = Math.floor(useNow() / 1000);
  const thinned = thin(props.lines, props.bars ? BARS : POINTS);
  const { rows } = props.bars ? thinned : withGaps(thinned);
  const from = Math.min(now - props.hours * 3600, rows[0]?.at ?? now);
  const to = Math.max(now, rows[rows.length - 1]?.at ?? now);
  const clock = (at: number) => format.clock(new Date(at * 1000).toISOString());
  const axis = (at: number) =>
    props.hours > 24
      ? format.tick(new Date(at * 1000).toISOString().slice(0, 10))
      : clock(at);
  if (!rows.length)
    return <p className="ml-s12 ml-3 ml-plot-none">{t('state.no-data')}</p>;
  const Chart = props.bars ? BarChart : LineChart;
  return (
    <div role="img" aria-label={props.label}>
      <ResponsiveContainer width="100%" height={HEIGHT}>
        <Chart
          data={rows}
          margin={{ top: 6, right: 22, bottom: 0, left: 0 }}
          accessibilityLayer={false}
        >
          <CartesianGrid vertical={false} stroke="var(--ml-grid)" />
          <XAxis
            dataKey="at"
            type="number"
            domain={[from, to]}
            ticks={[from, (from + to) / 2, to]}
            tickFormatter={axis}
            tickLine={false}
            axisLine={false}
            minTickGap={40}
          />
          <YAxis
            width={34}
            tickCount={3}
            tickLine={false}
            axisLine={false}
            tickFormatter={value =>
              format.number(value, { maximumFractionDigits: 2 })
            }
          />
          {props.keys.map((key, i) =>
            props.bars ? (
              <Bar
                key={key}
                dataKey={key}
                stackId="all"
                fill={COLOURS[i % COLOURS.length]}
                barSize={6}
                isAnimationActive={false}
              />
            ) : (
              <Line
                key={key}
                dataKey={key}
                stroke={COLOURS[i % COLOURS.length]}
                strokeDasharray={DASHES[i % DASHES.length]}
                strokeWidth={1.75}
                dot={({ cx, cy, index }) =>
                  standsAlone(rows, index, key) ? (
                    <circle
                      key={index}
                      cx={cx}
                      cy={cy}
                      r={3.5}
                      fill={i ? 'var(--bui-bg-neutral-1)' : colour(i)}
                      stroke={colour(i)}
                      strokeWidth={1.75}
                    />
                  ) : (
                    <g key={index} />
                  )
                }
                isAnimationActive={false}
              />
            ),
          )}
          <Tooltip
            cursor={false}
            content={({ active, payload, label }) =>
              active && payload?.length ? (
                <div className="ml-plot-hint">
                  <b>{clock(Number(label))}</b>
                  {payload.map(p => (
                    <div key={String(p.dataKey)}>
                      {String(p.dataKey)}{' '}
                      {format.number(Number(p.value), {
                        maximumFractionDigits: 1,
                      })}
                    </div>
                  ))}
                  <div className="ml-3">{props.label}</div>
                </div>
              ) : null
            }
          />
        </Chart>
      </ResponsiveContainer>
    </div>
  );
}

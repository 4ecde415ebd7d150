import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { FeatureDetail } from '@mlops-portal/plugin-mlops-common';
import { PlainTable, Segmented } from '../components';
import { niceTicks } from '../components/scale';
import { useFormat, useQueryState, useText } from '../hooks';

const HEIGHT = 150;

/** Score by window with the limit as a dashed line and the noise floor as a band; over the limit the mark is a triangle. */
export function Trend(props: { detail: FeatureDetail }) {
  const { t } = useText();
  const format = useFormat();
  const { trend, feature } = props.detail;
  const [view, setView] = useQueryState('trend', 'plot');
  if (!trend.some(s => s.score !== null)) return null;
  return (
    <div className="ml-drawer-part">
      <div className="ml-row">
        <h3>{t('panel.trend')}</h3>
        <span className="ml-push">
          <Segmented
            label={t('common.viewAs')}
            value={view}
            onChange={setView}
            options={[
              { id: 'plot', title: t('common.plot') },
              { id: 'table', title: t('common.table') },
            ]}
          />
        </span>
      </div>
      {view === 'table' ? (
        <PlainTable
          label={t('rank.trendOf', { feature })}
          columns={[
            t('panel.windowColumn'),
            'PSI',
            t('panel.floor'),
            'n',
            t('panel.missing'),
          ]}
          rows={trend.map(s => [
            format.dayMonth(s.window),
            s.score === null ? t('common.none') : format.score(s.score),
            s.noiseFloor === null
              ? t('common.none')
              : format.metric(s.noiseFloor),
            format.count(s.n),
            s.missing === null
              ? t('common.none')
              : format.percent(s.missing, 1),
          ])}
        />
      ) : (
        <div
          className="ml-plot"
          role="img"
          aria-label={t('panel.trendFor', {
            from: format.dayMonth(trend[0].window),
            to: format.dayMonth(trend[trend.length - 1].window),
          })}
        >
          <Plot detail={props.detail} />
        </div>
      )}
    </div>
  );
}

function Plot(props: { detail: FeatureDetail }) {
  const { t } = useText();
  const format = useFormat();
  const { trend, limit } = props.detail;
  const ticks = niceTicks([0, limit * 1.2, ...trend.map(s => s.score ?? 0)], 4);
  const last = trend.reduce((at, s, i) => (s.score === null ? at : i), 0);
  return (
    <ResponsiveContainer width="100%" height={HEIGHT}>
      <ComposedChart
        data={trend.map(s => ({ ...s, floor: [0, s.noiseFloor ?? 0] }))}
        margin={{ top: 18, right: 22, bottom: 0, left: 0 }}
        accessibilityLayer={false}
      >
        <CartesianGrid vertical={false} stroke="var(--ml-grid)" />
        <XAxis
          dataKey="window"
          tickFormatter={format.tick}
          tickLine={false}
          axisLine={false}
          minTickGap={28}
          padding={{ left: 8, right: 8 }}
        />
        <YAxis
          width={36}
          domain={[0, ticks[ticks.length - 1]]}
          ticks={ticks}
          tickFormatter={value =>
            format.number(value, { maximumFractionDigits: 2 })
          }
          tickLine={false}
          axisLine={false}
        />
        <Area
          dataKey="floor"
          fill="var(--ml-ref)"
          fillOpacity={0.22}
          stroke="none"
          isAnimationActive={false}
          activeDot={false}
        />
        <ReferenceLine
          y={limit}
          stroke="var(--ml-bad-line)"
          strokeDasharray="4 3"
          label={{
            value: t('panel.limitLine', { limit: format.score(limit) }),
            position: 'insideBottomLeft',
            className: 'bad',
          }}
        />
        <Line
          dataKey="score"
          stroke="var(--ml-c1)"
          strokeWidth={1.75}
          isAnimationActive={false}
          dot={({ cx, cy, payload, index }) => (
            <Mark
              key={index}
              cx={cx}
              cy={cy}
              over={(payload.score ?? 0) > limit}
              known={payload.score !== null}
            />
          )}
          label={({ x, y, index, value }) =>
            index === last ? (
              <text
                x={x}
                y={Number(y) - 9}
                textAnchor="middle"
                className="strong"
              >
                {format.score(Number(value))}
              </text>
            ) : (
              <g />
            )
          }
        />
        <Tooltip
          content={({ active, payload }) => {
            const s = payload?.[0]?.payload as
              | (typeof trend)[number]
              | undefined;
            if (!active || !s || s.score === null) return null;
            return (
              <div className="ml-plot-hint">
                <b>{format.eventDate(s.window)}</b>
                <div>PSI {format.score(s.score)}</div>
                <div className="ml-3">
                  {t('panel.floorBand')}{' '}
                  {s.noiseFloor === null
                    ? t('common.none')
                    : format.metric(s.noiseFloor)}
                  , {t('common.n', { n: format.count(s.n) })}
                </div>
              </div>
            );
          }}
        />
      </ComposedChart>
    </ResponsiveContainer>
  );
}

function Mark(props: {
  cx?: number;
  cy?: number;
  over: boolean;
  known: boolean;
}) {
  const { cx = 0, cy = 0 } = props;
  if (!props.known) return <g />;
  return props.over ? (
    <path
      d={`M${cx} ${cy - 5}l4.600 8h-9.200z`}
      fill="var(--ml-c2)"
      stroke="var(--bui-bg-neutral-1)"
    />
  ) : (
    <circle
      cx={cx}
      cy={cy}
      r={3}
      fill="var(--ml-c1)"
      stroke="var(--bui-bg-neutral-1)"
    />
  );
}

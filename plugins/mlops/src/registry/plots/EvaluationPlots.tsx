import { Version, VersionDetail } from '@mlops-portal/plugin-mlops-common';
import { Card, ChartFrame, PlainTable } from '../../components';
import { useFormat, useText } from '../../hooks';
import { XYPlot, XYSeries } from './XYPlot';

/** Percent of colour in the fullest cell: text stays readable on it. */
const MOST_HEAT = 38;
const ROLES = ['first', 'second', 'third'] as const;

/** The name of a version in legends: "v6 @champion". */
export function versionLabel(v: Pick<Version, 'version' | 'aliases'>): string {
  return [`v${v.version}`, ...v.aliases.map(a => `@${a}`)].join(' ');
}

/** The plots an evaluation reported, several versions over each other; kinds that no version has are left out. */
export function EvaluationPlots(props: { versions: VersionDetail[] }) {
  const [first] = props.versions;
  return (
    <>
      <Roc versions={props.versions} />
      <Calibration versions={props.versions} />
      {props.versions.map(
        v =>
          v.plots.confusion && (
            <Confusion
              key={v.version}
              confusion={v.plots.confusion}
              of={versionLabel(v)}
            />
          ),
      )}
      {first?.plots.residuals && (
        <Residuals residuals={first.plots.residuals} />
      )}
    </>
  );
}

function Roc(props: { versions: VersionDetail[] }) {
  const { t } = useText();
  const format = useFormat();
  const series: XYSeries[] = props.versions.flatMap((v, i) =>
    v.plots.roc
      ? [
          {
            name: versionLabel(v),
            points: v.plots.roc,
            role: ROLES[i] ?? 'third',
          },
        ]
      : [],
  );
  if (!series.length) return null;
  const guide: XYSeries = {
    name: t('plot.chance'),
    points: [
      [0, 0],
      [1, 1],
    ],
    role: 'guide',
  };
  return (
    <ChartFrame
      id="roc"
      title={t('plot.roc')}
      axis={t('plot.rocY')}
      table={{
        columns: [t('model.version'), t('plot.rocX'), t('plot.rocY')],
        rows: series.flatMap(s =>
          s.points.map(([a, b]) => [
            s.name,
            format.percent(a, 1),
            format.percent(b, 1),
          ]),
        ),
      }}
    >
      <XYPlot
        series={[guide, ...series]}
        xTitle={t('plot.rocX')}
        label={t('plot.roc')}
      />
    </ChartFrame>
  );
}

function Calibration(props: { versions: VersionDetail[] }) {
  const { t } = useText();
  const format = useFormat();
  const cells = props.versions.flatMap((v, i) =>
    v.plots.calibration
      ? [
          {
            name: versionLabel(v),
            role: ROLES[i] ?? 'third',
            cells: v.plots.calibration,
          },
        ]
      : [],
  );
  if (!cells.length) return null;
  const top = Math.max(
    ...cells.flatMap(c => c.cells.flatMap(p => [p.predicted, p.observed])),
  );
  const max = Math.min(1, Math.ceil(top * 5) / 5);
  const sizesOf = (points: Array<{ n: number }>) => {
    const sizes = points.map(p => p.n);
    const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
    return least === most
      ? format.count(least)
      : `${format.count(least)}–${format.count(most)}`;
  };
  const guide: XYSeries = {
    name: t('plot.perfect'),
    points: [
      [0, 0],
      [max, max],
    ],
    role: 'guide',
  };
  return (
    <ChartFrame
      id="calibration"
      title={t('plot.calibration')}
      sub={t('plot.calibrationSub', { n: sizesOf(cells[0].cells) })}
      axis={t('plot.calibrationY')}
      table={{
        columns: [
          t('model.version'),
          t('plot.calibrationX'),
          t('plot.calibrationY'),
          'n',
        ],
        rows: cells.flatMap(c =>
          c.cells.map(p => [
            c.name,
            format.percent(p.predicted, 1),
            format.percent(p.observed, 1),
            format.count(p.n),
          ]),
        ),
      }}
    >
      <XYPlot
        series={[
          guide,
          ...cells.map(c => ({
            name: c.name,
            role: c.role,
            markers: true,
            points: c.cells.map((p): [number, number] => [
              p.predicted,
              p.observed,
            ]),
          })),
        ]}
        xTitle={t('plot.calibrationX')}
        label={t('plot.calibration')}
        max={max}
      />
    </ChartFrame>
  );
}

function Confusion(props: {
  confusion: { labels: string[]; matrix: number[][] };
  of: string;
}) {
  const { t } = useText();
  const format = useFormat();
  const { labels, matrix } = props.confusion;
  return (
    <Card
      title={`${t('plot.confusion')}, ${props.of}`}
      sub={t('plot.confusionSub')}
      flush
    >
      <PlainTable
        label={t('plot.confusion')}
        columns={[t('plot.confusionWas'), ...labels]}
        rows={matrix.map((row, i) => {
          const sum = row.reduce((a, b) => a + b, 0) || 1;
          return [
            labels[i],
            ...row.map((n, j) => (
              <span
                key={j}
                className="ml-heat"
                style={{
                  fontWeight: i === j ? 600 : undefined,
                  background: heat(n / sum, i === j),
                }}
              >
                {format.count(n)}{' '}
                <span className="ml-s11">{format.percent(n / sum)}</span>
              </span>
            )),
          ];
        })}
      />
    </Card>
  );
}

/** Right answers in the colour of the version, mistakes in that of emphasis; the deeper, the larger the share of the row. */
function heat(share: number, right: boolean): string {
  const depth = Math.round(share * MOST_HEAT);
  const colour = right ? 'var(--ml-c1)' : 'var(--ml-c2)';
  return `color-mix(in srgb, ${colour} ${depth}%, transparent)`;
}

function Residuals(props: {
  residuals: { edges: number[]; counts: number[] };
}) {
  const { t } = useText();
  const format = useFormat();
  const { edges, counts } = props.residuals;
  const most = Math.max(1, ...counts);
  const width = 320 / counts.length;
  return (
    <ChartFrame
      id="residuals"
      title={t('plot.residuals')}
      axis={t('plot.residualsY')}
      table={{
        columns: [t('plot.from'), t('plot.to'), t('plot.residualsY')],
        rows: counts.map((n, i) => [
          format.metric(edges[i]),
          format.metric(edges[i + 1]),
          format.count(n),
        ]),
      }}
    >
      <svg
        className="ml-plot"
        viewBox="0 0 340 190"
        style={{ inlineSize: '100%', blockSize: 'auto' }}
        role="img"
        aria-label={t('plot.residuals')}
      >
        {counts.map((n, i) => (
          <rect
            key={i}
            x={10 + i * width + 1}
            width={Math.max(1, width - 2)}
            y={150 - (n / most) * 140}
            height={(n / most) * 140}
            fill="var(--ml-c1)"
            rx={2}
          >
            <title>{`${format.metric(edges[i])} – ${format.metric(
              edges[i + 1],
            )}: ${format.count(n)}`}</title>
          </rect>
        ))}
        <text x={10} y={166}>
          {format.metric(edges[0])}
        </text>
        <text x={330} y={166} textAnchor="end">
          {format.metric(edges[edges.length - 1])}
        </text>
        <text x={170} y={184} textAnchor="middle" className="mid">
          {t('plot.residualsX')}
        </text>
      </svg>
    </ChartFrame>
  );
}

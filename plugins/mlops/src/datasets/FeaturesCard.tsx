import { Link } from 'react-router-dom';
import { Feature, FeatureViewDetail } from '@mlops-portal/plugin-mlops-common';
import {
  Card,
  ChartFrame,
  CsvButton,
  DataColumn,
  DataTable,
  EmptyState,
} from '../components';
import { useFormat, useText } from '../hooks';
import { paths } from '../routes';
import { BarPlot } from './BarPlot';
import { isUneven } from './cells';
import { Histogram, useBars } from './Histogram';
import { useSelection } from './useSelection';
import { useValueText } from './useValueText';

const MOST_CATEGORIES = 10;

/** Features of a view with type, source, importance and distribution; the chosen one large. */
export function FeaturesCard(props: { view: FeatureViewDetail }) {
  const { t } = useText();
  const { view } = props;
  const { column } = useSelection();
  const columns = useColumns();
  const chosen = view.schema.find(({ name }) => name === column);
  const from = view.readFrom;
  return (
    <>
      <Card
        title={t('view.schema')}
        sub={
          from &&
          t('view.schemaSub', { version: `${from.model} v${from.version}` })
        }
        acts={view.schema.length > 0 && <FeaturesCsv view={view} />}
        foot={
          view.schema.length > 0 && !view.reference && t('view.noReference')
        }
        flush
      >
        <DataTable
          label={t('view.schema')}
          columns={columns}
          rows={view.schema}
          rowKey={f => f.name}
          empty={
            <EmptyState title={t('view.noneTitle')}>
              {t('view.noneText')}
            </EmptyState>
          }
        />
      </Card>
      {chosen && <FeaturePlot feature={chosen} />}
    </>
  );
}

/** The profile of a feature in the form of a column's: frequent categories, the rest folded. */
function profileOf({ histogram, cells, rows }: Feature) {
  if (histogram) return { histogram };
  if (!cells || !rows) return undefined;
  const named = cells.labels
    .map((value, i) => ({ value, count: Math.round(cells.shares[i] * rows) }))
    .filter(({ value }) => value !== 'missing' && value !== 'other');
  const other = cells.labels.indexOf('other');
  const rest = named
    .slice(MOST_CATEGORIES)
    .reduce((sum, { count }) => sum + count, 0);
  return {
    top: named.slice(0, MOST_CATEGORIES),
    other: rest + Math.round((cells.shares[other] ?? 0) * rows),
  };
}

function FeaturePlot(props: { feature: Feature }) {
  const { t } = useText();
  const format = useFormat();
  const { feature } = props;
  const { linkTo } = useSelection();
  const bars = useBars(profileOf(feature), '');
  if (!bars.length) return null;
  const uneven = feature.histogram && isUneven(feature.histogram);
  return (
    <ChartFrame
      id="distribution"
      title={<bdi>{feature.name}</bdi>}
      sub={uneven ? t('data.densityNote') : t('data.distribution')}
      axis={uneven ? undefined : t('data.rowsAxis')}
      acts={
        <Link className="ml-link" to={linkTo({ column: undefined })}>
          {t('data.closeColumn')}
        </Link>
      }
      table={{
        columns: [t('data.value'), t('data.rows')],
        rows: bars.map(bar => [bar.label, format.count(bar.value)]),
      }}
    >
      <BarPlot
        series={[{ bars, colour: 'var(--ml-c1)', name: feature.name }]}
        write={format.count}
      />
    </ChartFrame>
  );
}

function FeaturesCsv(props: { view: FeatureViewDetail }) {
  const { name, schema } = props.view;
  return (
    <CsvButton
      name={name}
      rows={() => [
        [
          'feature',
          'kind',
          'datatype',
          'column',
          'importance',
          'missing share',
        ],
        ...schema.map(f => [
          f.name,
          f.kind,
          f.datatype,
          f.column && `${f.column.dataset}.${f.column.name}`,
          f.importance,
          f.missing,
        ]),
      ]}
    />
  );
}

function useColumns(): DataColumn<Feature>[] {
  const { t } = useText();
  const format = useFormat();
  const value = useValueText();
  const { column, linkTo } = useSelection();
  const none = <span className="ml-3">{t('common.none')}</span>;
  return [
    {
      id: 'feature',
      title: t('view.feature'),
      cell: f => (
        <div>
          <Link
            to={linkTo({ column: f.name === column ? undefined : f.name })}
            aria-current={f.name === column ? 'true' : undefined}
            style={{ fontWeight: 500 }}
          >
            <bdi>{f.name}</bdi>
          </Link>
          <div className="ml-s11 ml-3">
            {t(`view.kind.${f.kind}`)} <bdi dir="ltr">{f.datatype}</bdi>
          </div>
          {f.description && <div className="ml-s11">{f.description}</div>}
        </div>
      ),
    },
    {
      id: 'importance',
      title: t('view.importance'),
      cell: f =>
        f.importance === null ? (
          none
        ) : (
          <span className="ml-importance" title={t('view.importanceHint')}>
            <i aria-hidden>
              <i
                style={{ inlineSize: `${Math.min(1, f.importance) * 100}%` }}
              />
            </i>
            {format.percent(f.importance, 1)}
          </span>
        ),
    },
    {
      id: 'source',
      title: t('view.from'),
      cell: f =>
        f.column ? (
          <Link
            className="ml-link"
            to={`${paths.dataset(f.column.dataset)}?column=${encodeURIComponent(
              f.column.name,
            )}`}
          >
            <bdi dir="ltr">{f.column.dataset}</bdi>
          </Link>
        ) : (
          <span className="ml-2">{t('view.computed')}</span>
        ),
    },
    {
      id: 'distribution',
      title: t('data.distribution'),
      cell: f => <Histogram name={f.name} profile={profileOf(f)} />,
    },
    {
      id: 'missing',
      title: t('view.missing'),
      end: true,
      cell: f => (f.missing === null ? none : format.percent(f.missing, 1)),
    },
    {
      id: 'range',
      title: t('data.range'),
      end: true,
      cell: f => {
        if (f.categories !== undefined)
          return t('view.categories', { n: format.count(f.categories) });
        const [low, high] = f.range ?? [null, null];
        return low === null || high === null
          ? none
          : `${value(low)} – ${value(high)}`;
      },
    },
    {
      id: 'sample',
      title: t('view.sample'),
      end: true,
      cell: f =>
        f.sample === undefined || f.sample === null ? (
          none
        ) : (
          <bdi dir="ltr">{value(f.sample)}</bdi>
        ),
    },
  ];
}

import { Link } from 'react-router-dom';
import {
  ColumnComparison,
  DatasetComparison,
  DatasetVersion,
} from '@mlops-portal/plugin-mlops-common';
import {
  Card,
  CsvButton,
  DataColumn,
  DataTable,
  LoadState,
  State,
} from '../components';
import { useFormat, useHub, useText } from '../hooks';
import { Change } from './columnText';
import { Overlay } from './Overlay';
import { useSelection } from './useSelection';
import { isTime, useValueText } from './useValueText';

const LIMIT = 0.2;
/** Smaller ones are written as less than this. */
const LEAST = 0.001;

/** Two versions of a dataset side by side: what changed first, then what moved most. */
export function CompareCard(props: { name: string; ids: [string, string] }) {
  const { t } = useText();
  const { name, ids } = props;
  const versions = ids.join(',');
  const hub = useHub(
    (client, signal) =>
      client.compareDatasetVersions({ name, versions }, { signal }),
    ['dataset-compare', name, versions],
  );
  return (
    <LoadState of={hub} what={t('data.act')} rows={6}>
      {comparison => <Comparison of={comparison} />}
    </LoadState>
  );
}

function Comparison(props: { of: DatasetComparison }) {
  const { t } = useText();
  const format = useFormat();
  const { of: comparison } = props;
  const { column, linkTo } = useSelection();
  const columns = useColumns();
  const nameOf = useVersionName();
  const { before, after } = comparison;
  const chosen = comparison.columns.find(({ name }) => name === column);
  return (
    <>
      <Card
        title={t('data.compare', { which: nameOf(before) })}
        sub={`${t('data.compareSub', {
          before: nameOf(before),
          after: nameOf(after),
        })}; ${t(
          comparison.sameDigest ? 'data.sameDigest' : 'data.otherDigest',
        )}`}
        acts={
          <>
            <CompareCsv of={comparison} />
            <Link className="ml-link" to={linkTo({ compare: undefined })}>
              {t('data.stopCompare')}
            </Link>
          </>
        }
        foot={t('data.limit', { limit: format.score(LIMIT) })}
        flush
      >
        <DataTable
          label={t('data.act')}
          columns={columns}
          rows={comparison.columns}
          rowKey={c => c.name}
        />
      </Card>
      {chosen?.cells && (
        <Overlay
          column={chosen}
          names={[nameOf(before), nameOf(after)]}
          cells={chosen.cells}
        />
      )}
    </>
  );
}

/** Window of a version, or the start of its digest. */
function useVersionName() {
  const format = useFormat();
  return ({ window, digest }: DatasetVersion) =>
    format.window(window.from, window.to) || digest.slice(0, 8);
}

function CompareCsv(props: { of: DatasetComparison }) {
  const { columns, before, after } = props.of;
  return (
    <CsvButton
      name={`compare-${before.id}-${after.id}`}
      rows={() => [
        [
          'column',
          'change',
          'type before',
          'type after',
          'null share before',
          'null share after',
          'distinct before',
          'distinct after',
          'psi',
          'noise',
          'verdict',
        ],
        ...columns.map(c => [
          c.name,
          c.change,
          ...c.types,
          ...c.nulls,
          ...c.distinct,
          c.psi,
          c.noise,
          c.verdict,
        ]),
      ]}
    />
  );
}

function useColumns(): DataColumn<ColumnComparison>[] {
  const { t, say } = useText();
  const format = useFormat();
  const value = useValueText();
  const { column, linkTo } = useSelection();
  const noiseText = (noise: number) =>
    noise < LEAST ? `< ${format.metric(LEAST)}` : format.metric(noise);
  const pair = <T,>(
    [before, after]: [T | null, T | null],
    write: (of: T) => string,
  ) => {
    const text = (side: T | null) =>
      side === null ? t('common.none') : write(side);
    return before === after
      ? text(after)
      : t('data.arrow', { before: text(before), after: text(after) });
  };
  return [
    {
      id: 'column',
      title: t('data.column'),
      cell: c => (
        <div>
          <Link
            to={linkTo({ column: c.name === column ? undefined : c.name })}
            style={{ fontWeight: 500 }}
          >
            <bdi>{c.name}</bdi>
          </Link>{' '}
          {c.change && (
            <Change of={{ change: c.change, before: c.types[0] ?? '' }} />
          )}
          <div className="ml-s11 ml-3">
            <bdi dir="ltr">{c.types[1] ?? c.types[0]}</bdi>
          </div>
        </div>
      ),
    },
    {
      id: 'verdict',
      title: t('data.verdict'),
      cell: c => (
        <div>
          <State state={c.verdict} />
          {c.why && (
            <div className="ml-s11 ml-3">{say(`data.why.${c.why}`)}</div>
          )}
        </div>
      ),
    },
    {
      id: 'psi',
      title: t('data.psi'),
      end: true,
      cell: c =>
        c.psi === null ? (
          <span className="ml-3">{t('common.none')}</span>
        ) : (
          <div>
            <b>{format.metric(c.psi)}</b>
            {c.noise !== null && (
              <div className="ml-s11 ml-3">
                {t('data.noise', { value: noiseText(c.noise) })}
              </div>
            )}
          </div>
        ),
    },
    {
      id: 'nulls',
      title: t('data.nulls'),
      end: true,
      cell: c => pair(c.nulls, share => format.percent(share, 1)),
    },
    {
      id: 'distinct',
      title: t('data.distinct'),
      end: true,
      cell: c => pair(c.distinct, format.count),
    },
    {
      id: 'range',
      title: t('data.range'),
      end: true,
      cell: c => {
        const time = isTime(c.types[1] ?? '');
        const ends = [0, 1].map(side => {
          const [low, high] = [c.min[side], c.max[side]];
          return low === null || high === null
            ? null
            : `${value(low, time)} – ${value(high, time)}`;
        }) as [string | null, string | null];
        return pair(ends, text => text);
      },
    },
  ];
}

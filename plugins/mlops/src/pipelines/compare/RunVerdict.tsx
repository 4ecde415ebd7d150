import {
  RunDetail,
  sameRowsMetrics,
  VersionDetail,
} from '@mlops-portal/plugin-mlops-common';
import { StateShape } from '../../components';
import { useFormat, useText } from '../../hooks';
import {
  betterOf,
  chosenOf,
  Compared,
  metricsOf,
  onSameRows,
  parametersOf,
} from './compared';

const MOST_NAMES = 6;

/** The answer in two sentences: what differs between the runs, and what became of the metric. */
export function RunVerdict(props: {
  all: Compared[];
  /** The version whose evaluation judged another one of them on its own rows, which the page shows below. */
  fair?: VersionDetail;
}) {
  const { all, fair } = props;
  const own = useMetric(all);
  const metric = useFair(fair) ?? own;
  const differ = useDiffer(all);
  return (
    <div className="ml-notice run" role="status">
      <StateShape state={metric?.state ?? 'unknown'} />
      <div>
        <b>{differ}</b> {metric?.text}
      </div>
    </div>
  );
}

function useDiffer(all: Compared[]): string {
  const { t } = useText();
  const format = useFormat();
  const runs = all.map(({ run }) => run);
  const names = [
    ...(same(runs, run => run.commit) ? [] : [t('compareRuns.commit')]),
    ...[runs.map(run => run.parameters), all.map(chosenOf)].flatMap(each =>
      parametersOf(each).flatMap(({ name, differs }) => (differs ? name : [])),
    ),
  ];
  if (!names.length) return t('compareRuns.alike');
  const more = names.length - MOST_NAMES;
  const shown = names.slice(0, MOST_NAMES).join(', ');
  return more > 0
    ? t('compareRuns.differMore', { names: shown, n: format.count(more) })
    : t('compareRuns.differ', { names: shown });
}

function same(runs: RunDetail[], of: (run: RunDetail) => string): boolean {
  return new Set(runs.map(of)).size === 1;
}

/** The last run against the first one. */
function useMetric(all: Compared[]) {
  const { t, metricName } = useText();
  const format = useFormat();
  const ends = [all[0], all.at(-1)!];
  const [metric] = metricsOf(ends);
  const [before, after] = metric?.values ?? [];
  if (before === undefined || after === undefined) return undefined;
  const [other, run] = ends.map(one => `#${one.run.number}`);
  const fair = onSameRows(ends);
  const better = betterOf(metric);
  const judged = better === 1 ? 'better' : 'worse';
  const said =
    better === null
      ? t('compareRuns.metricSame', {
          metric: metricName(metric.name),
          run,
          other,
        })
      : t('compareRuns.metric', {
          run,
          other,
          metric: metricName(metric.name),
          value: format.metric(after),
          difference: format.signed(after - before),
        });
  return {
    text: `${said} ${t(fair ? 'compareRuns.sameRows' : 'compareRuns.ownRows')}`,
    state: fair ? verdictOf(better, judged) : 'unknown',
  };
}

function verdictOf(better: number | null | undefined, judged: string): string {
  return better === null ? 'same' : judged;
}

/** What one evaluation found for the versions of two of the runs, on the same rows. */
function useFair(fair?: VersionDetail) {
  const { t, metricName } = useText();
  const format = useFormat();
  const [row] = fair ? sameRowsMetrics(fair) : [];
  if (!fair || !row) return undefined;
  const both = [fair.championVersion, fair.version];
  const judged = row.better === 1 ? 'better' : 'worse';
  const verdict =
    row.better === null
      ? t('compare.verdictSame')
      : t('compare.verdictBetter', { version: `v${both[row.better]}` });
  const detail = t('compare.verdictDetail', {
    metric: metricName(row.name),
    difference: format.signed(row.values[1] - row.values[0]),
    other: `v${both[0]}`,
  });
  const where = t('compare.fair', { version: String(fair.version) });
  return {
    text: `${verdict} ${detail} ${where}`,
    state: verdictOf(row.better, judged),
  };
}

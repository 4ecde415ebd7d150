import { ReactNode } from 'react';
import {
  Comparison,
  sameRowsMetrics,
  VersionDetail,
} from '@mlops-portal/plugin-mlops-common';
import { StateShape } from '../components';
import { useFormat, useText } from '../hooks';

/** The answer in a sentence: better, worse or the same on the same rows; where there are none in common, that figures say little. */
export function CompareVerdict(props: {
  comparison: Comparison;
  /** The version that judged the other one on its own rows. */
  fair?: VersionDetail;
}) {
  const { t } = useText();
  const judged = judgedOf(props.comparison, props.fair);
  if (!judged)
    return props.comparison.sameTestWindow ? null : (
      <Notice state="unknown" tone="warn">
        {t('compare.notSameRows')}
      </Notice>
    );
  return <Judged {...judged} own={!!props.fair} />;
}

interface JudgedMetric {
  metric: string;
  difference: number;
  /** The version that was there before, and the one that is judged against it. */
  before: number;
  version: number;
  /** Number of the better version; null where they are the same. */
  better: number | null;
}

function judgedOf(
  comparison: Comparison,
  fair?: VersionDetail,
): JudgedMetric | undefined {
  if (fair) {
    const [row] = sameRowsMetrics(fair);
    if (!row) return undefined;
    const both = [fair.championVersion!, fair.version];
    return {
      metric: row.name,
      difference: row.values[1] - row.values[0],
      before: both[0],
      version: both[1],
      better: row.better === null ? null : both[row.better],
    };
  }
  if (!comparison.sameTestWindow) return undefined;
  const { versions } = comparison;
  const last = versions.length - 1;
  const primary = versions[last].primary?.name;
  const row =
    comparison.metrics.find(m => m.name === primary) ?? comparison.metrics[0];
  const [from, to] = [row?.values[0], row?.values[last]];
  if (typeof from !== 'number' || typeof to !== 'number') return undefined;
  return {
    metric: row.name,
    difference: to - from,
    before: versions[0].version,
    version: versions[last].version,
    better: row.better === null ? null : versions[row.better].version,
  };
}

function Judged(props: JudgedMetric & { own: boolean }) {
  const { t, metricName } = useText();
  const format = useFormat();
  const { better, version } = props;
  const detail = t('compare.verdictDetail', {
    metric: metricName(props.metric),
    difference: format.signed(props.difference),
    other: `v${props.before}`,
  });
  const where = props.own
    ? ` ${t('compare.fair', { version: String(version) })}`
    : '';
  if (better === null)
    return (
      <Notice state="same" tone="run">
        <b>{t('compare.verdictSame')}</b> {detail}
        {where}
      </Notice>
    );
  return (
    <Notice state={better === version ? 'better' : 'worse'} tone="run">
      <b>{t('compare.verdictBetter', { version: `v${better}` })}</b> {detail}
      {where}
    </Notice>
  );
}

function Notice(props: { state: string; tone: string; children: ReactNode }) {
  return (
    <div className={`ml-notice ${props.tone}`} role="status">
      <StateShape state={props.state} />
      <div>{props.children}</div>
    </div>
  );
}

import { ColumnStatistics } from '@mlops-portal/plugin-mlops-common';
import { MiniBars } from '../components';
import { useFormat, useText } from '../hooks';
import { Bar, cellsOf, equalBars, histogramBars } from './cells';
import { isTime, useValueText } from './useValueText';

const SIZE = { width: 96, height: 24 };

type Told = Pick<ColumnStatistics, 'histogram' | 'top' | 'other'>;

/** Bars of a distribution with the words of its cells. */
export function useBars(profile: Told | undefined, type: string): Bar[] {
  const { t } = useText();
  const value = useValueText();
  if (!profile) return [];
  const edge = (at: number) => value(at, isTime(type));
  const cells = cellsOf(profile, { edge, other: t('data.other') });
  return profile.histogram
    ? histogramBars(profile.histogram, cells)
    : // Many rare values together would press the frequent ones flat.
      equalBars(cells, profile.top?.[0]?.count);
}

/** Small picture of a distribution; read aloud with the cell that holds most rows. */
export function Histogram(props: {
  name: string;
  profile?: Told;
  type?: string;
}) {
  const { t } = useText();
  const format = useFormat();
  const { name, profile, type = '' } = props;
  const bars = useBars(profile, type);
  if (!bars.length)
    return <span className="ml-s11 ml-3">{t('data.noDistribution')}</span>;
  const most = bars.reduce((a, b) => (b.value > a.value ? b : a));
  const label = t('data.histogramOf', {
    name,
    n: format.count(bars.length),
    most: most.label,
  });
  return (
    <MiniBars
      label={label}
      size={{ ...SIZE, gap: profile?.histogram ? 0.4 : 1.5 }}
      bars={bars.map(bar => ({
        ...bar,
        colour:
          !profile?.histogram && bar.label === t('data.other')
            ? 'var(--ml-ref)'
            : 'var(--ml-c1)',
      }))}
    />
  );
}

import { useFormat, useText } from '../hooks';

/** Share of predictions with a label, one bar for each window of the plot above; hatched without labels. */
export function CoverageBars(props: {
  points: Array<{ window: string; coverage: number | null }>;
}) {
  const { t } = useText();
  const format = useFormat();
  return (
    <>
      {props.points.map(p => (
        <span
          key={p.window}
          className={p.coverage ? undefined : 'ml-hatch'}
          title={`${format.dayMonth(p.window)}: ${t('quality.coverage')} ${
            p.coverage === null
              ? t('common.none')
              : format.percent(p.coverage, 1)
          }`}
        >
          {!!p.coverage && (
            <i style={{ blockSize: `${Math.max(8, p.coverage * 100)}%` }} />
          )}
        </span>
      ))}
    </>
  );
}

import { Period } from '@mlops-portal/plugin-mlops-common';
import { useFormat, useText } from '../hooks';

/** Head of a column: the flag of a version that takes over, the day, and how far an open window has come. */
export function WindowHead(props: { window: string; period?: Period }) {
  const { t } = useText();
  const format = useFormat();
  const { period } = props;
  const starts = period?.starts ?? [];
  return (
    <th scope="col" className={starts.length ? 'starts' : undefined}>
      {starts.length > 0 && (
        <span
          className="ml-heat-flag"
          title={t('heat.starts', {
            versions: starts.map(v => `v${v}`).join(', '),
          })}
        >
          {starts.map(v => `v${v}`).join(' ')}
        </span>
      )}
      {format.tick(props.window)}
      {period?.open && (
        <span className="ml-heat-open">
          {t('heat.openShort', {
            days: format.count(period.days),
            ofDays: format.count(period.ofDays),
          })}
        </span>
      )}
    </th>
  );
}

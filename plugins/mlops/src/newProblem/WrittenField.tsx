import { Select } from '@backstage/ui';
import { ColumnProfile } from '@mlops-portal/plugin-mlops-common';
import { useWords, WordKey } from './useWords';

/** How the values of a column are read where that is not plain; a choice where day and month could be either. */
export function WrittenField(props: {
  column: ColumnProfile;
  onChoose: (written: string) => void;
}) {
  const t = useWords();
  const { name, orders, written } = props.column;
  if (orders) {
    return (
      <Select
        aria-label={t('written.orderOf', { column: name })}
        size="small"
        className="ml-new-written"
        placeholder={t('written.choose')}
        options={orders.map(id => ({ id, label: t(wordOf(id)!) }))}
        value={written ?? null}
        onChange={key => props.onChoose(key as string)}
      />
    );
  }
  const word = written && wordOf(written);
  return word ? <div className="ml-3 ml-s11">{t(word)}</div> : null;
}

/** What is worth telling of a way of writing: the calendar, the order of day and month, the separators of a number. */
function wordOf(written: string): WordKey | undefined {
  const persian = written.startsWith('persian ');
  const [first] = /%[dmYy]/.exec(written) ?? [];
  if (/^.*%d.*%m|%m.*%d/.test(written) && first !== '%Y') {
    if (persian) {
      return first === '%d' ? 'written.persianDay' : 'written.persianMonth';
    }
    return first === '%d' ? 'written.dayFirst' : 'written.monthFirst';
  }
  if (persian) return 'written.persian';
  if (written === 'seconds' || written === 'milliseconds') {
    return 'written.counted';
  }
  if (written === '1,234.5') return 'written.point';
  return written === '1.234,5' ? 'written.comma' : undefined;
}

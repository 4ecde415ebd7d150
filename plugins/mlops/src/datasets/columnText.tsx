import { DatasetColumn } from '@mlops-portal/plugin-mlops-common';
import { useFormat, useText } from '../hooks';
import { isTime, useValueText } from './useValueText';

/** What changed about a column, as a word. */
export function Change(props: {
  of: Pick<DatasetColumn, 'change' | 'before'>;
}) {
  const { say } = useText();
  const { change, before = '' } = props.of;
  return (
    <span className={`ml-tag ${change === 'added' ? 'accent' : 'warn'}`}>
      {say(`change.${change}`, { before })}
    </span>
  );
}

/** Figures of a column in words; undefined where they were not told. */
export function useColumnText(rows: number | null) {
  const { t } = useText();
  const format = useFormat();
  const value = useValueText();
  const about = (text: string, { profile }: DatasetColumn) =>
    profile?.approximate ? t('data.approximate', { value: text }) : text;
  return {
    nulls(c: DatasetColumn) {
      const nulls = c.profile?.nulls;
      if (nulls === null || nulls === undefined) return undefined;
      return nulls && rows
        ? `${format.count(nulls)} (${format.percent(nulls / rows, 1)})`
        : format.count(nulls);
    },
    distinct(c: DatasetColumn) {
      const distinct = c.profile?.distinct;
      if (distinct === null || distinct === undefined) return undefined;
      return about(format.count(distinct), c);
    },
    range(c: DatasetColumn) {
      const { min, max } = c.profile ?? {};
      if (min === null || max === null) return undefined;
      if (min === undefined || max === undefined) return undefined;
      const time = isTime(c.type);
      return `${value(min, time)} – ${value(max, time)}`;
    },
    mean(c: DatasetColumn) {
      const mean = c.profile?.mean;
      if (mean === null || mean === undefined) return undefined;
      return value(mean, isTime(c.type));
    },
  };
}

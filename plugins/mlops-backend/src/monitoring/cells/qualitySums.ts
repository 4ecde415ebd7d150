import {
  DayQuality,
  SCORE_BINS,
  Task,
} from '@mlops-portal/plugin-mlops-common';
import { literal } from '../../duckdb/duckdb';

/** Rows of one version and day as its quality. */
export type Read = (rows: Array<Record<string, any>>) => DayQuality;

function binsOf(counts: Array<{ key: number; value: string }> | null) {
  const bins = new Array<number>(SCORE_BINS).fill(0);
  for (const { key, value } of counts ?? []) bins[Number(key)] = Number(value);
  return bins;
}

/** What is summed up for each task, and how a day's row becomes its quality. */
export const SUMS: Record<
  Task,
  (classes: string[]) => { select: string; read: Read }
> = {
  binary: classes => {
    const words = (cls: string | undefined, ...more: string[]) =>
      [...more, ...(cls === undefined ? [] : [cls.toLowerCase()])]
        .map(literal)
        .join(', ');
    const y = `(CASE WHEN lower(label) IN (${words(
      classes[1],
      '1',
      '1.0',
      'true',
    )}) THEN 1 WHEN lower(label) IN (${words(
      classes[0],
      '0',
      '0.0',
      'false',
    )}) THEN 0 END)`;
    const p = 'TRY_CAST(p AS DOUBLE)';
    const known = `${y} IS NOT NULL AND ${p} IS NOT NULL`;
    const safe = `greatest(1e-15, least(1 - 1e-15, ${p}))`;
    const bin = `greatest(0, least(${
      SCORE_BINS - 1
    }, floor((ln(${safe} / (1 - ${safe})) + 10) * 10)))::INT`;
    const logLoss = `(-ln(CASE ${y} WHEN 1 THEN ${safe} ELSE 1 - ${safe} END))`;
    const brier = `pow(${p} - ${y}, 2)`;
    const right = (outcome: number) =>
      `count_if(${y} = ${outcome} AND (${p} > 0.5)::INT = ${outcome})::DOUBLE`;
    const sum = (sql: string) =>
      `coalesce(sum(${sql}) FILTER (WHERE ${known}), 0)::DOUBLE`;
    return {
      select:
        `count(*)::DOUBLE AS predictions, count_if(${known})::DOUBLE AS labels, ` +
        `coalesce(sum(${p}), 0)::DOUBLE AS "predictionSum", ${sum(
          y,
        )} AS "labelSum", ` +
        `histogram(${bin}) FILTER (WHERE ${known} AND ${y} = 0) AS zero, ` +
        `histogram(${bin}) FILTER (WHERE ${known} AND ${y} = 1) AS one, ` +
        `${sum(logLoss)} AS "logLoss", ${sum(
          `pow(${logLoss}, 2)`,
        )} AS "logLoss2", ` +
        `${sum(brier)} AS brier, ${sum(`pow(${brier}, 2)`)} AS brier2, ` +
        `${right(0)} AS "rightZero", ${right(1)} AS "rightOne"`,
      read: ([{ version, day, zero, one, ...sums }]) =>
        ({
          task: 'binary',
          ...sums,
          zero: binsOf(zero),
          one: binsOf(one),
        } as DayQuality),
    };
  },
  regression: () => {
    const p = 'TRY_CAST(p AS DOUBLE)';
    const y = 'TRY_CAST(label AS DOUBLE)';
    const known = `${p} IS NOT NULL AND ${y} IS NOT NULL`;
    const sum = (sql: string) =>
      `coalesce(sum(${sql}) FILTER (WHERE ${known}), 0)::DOUBLE`;
    return {
      select:
        `count(*)::DOUBLE AS predictions, count_if(${known})::DOUBLE AS labels, ` +
        `coalesce(sum(${p}), 0)::DOUBLE AS "predictionSum", ${sum(
          y,
        )} AS "labelSum", ` +
        `${sum(`abs(${p} - ${y})`)} AS absolute, ${sum(
          `pow(${p} - ${y}, 2)`,
        )} AS squared, ` +
        `${sum(`pow(${p} - ${y}, 4)`)} AS fourth, ${sum(
          `pow(${y}, 2)`,
        )} AS label2`,
      read: ([{ version, day, ...sums }]) =>
        ({ task: 'regression', ...sums } as DayQuality),
    };
  },
  multiclass: () => ({
    select: 'label, p, count(*)::DOUBLE AS n',
    read: rows => {
      const confusion: Record<string, Record<string, number>> = {};
      let predictions = 0;
      let labels = 0;
      for (const { label, p, n } of rows) {
        predictions += n;
        if (label === null) continue;
        labels += n;
        confusion[label] ??= {};
        confusion[label][p ?? ''] = n;
      }
      return {
        task: 'multiclass',
        predictions,
        labels,
        predictionSum: 0,
        labelSum: 0,
        confusion,
      };
    },
  }),
};

import { Comparison, VersionDetail } from '@mlops-portal/plugin-mlops-common';
import { Text, useFormat, useText } from '../hooks';
import { CompareRow, Section } from '../compare/CompareTable';
import { inputChanges } from './fairPair';

/** What two or more versions are compared by: metrics, parameters, data and code. */
export function useSections(comparison: Comparison): Section[] {
  const { t, metricName } = useText();
  const format = useFormat();
  const { versions } = comparison;
  const text = (value: unknown) => {
    if (value === undefined || value === null) return t('common.none');
    if (typeof value === 'number')
      return format.number(value, { maximumSignificantDigits: 5 });
    return typeof value === 'string' ? value : JSON.stringify(value);
  };
  const plain = (name: string, values: string[]) => ({
    name,
    values,
    differs: new Set(values).size > 1,
  });
  return [
    {
      title: t('compare.metrics'),
      note: comparison.sameTestWindow ? undefined : t('compare.ownRows'),
      rows: comparison.metrics.map(row => ({
        name: metricName(row.name),
        values: row.values.map(v =>
          v === null ? t('common.none') : format.metric(v),
        ),
        differs: new Set(row.values).size > 1,
        // Figures on different rows do not say which version is better.
        better: comparison.sameTestWindow ? row.better : undefined,
      })),
    },
    {
      title: t('compare.parameters'),
      rows: comparison.parameters.map(row => ({
        name: row.name,
        values: row.values.map(text),
        differs: row.differs,
      })),
    },
    {
      title: t('compare.dataAndCode'),
      rows: [
        plain(
          t('compare.trainWindow'),
          versions.map(
            v => format.window(v.train?.from, v.train?.to) || t('common.none'),
          ),
        ),
        plain(
          t('compare.trainRows'),
          versions.map(v => text(v.train && format.count(v.train.rows))),
        ),
        plain(
          t('compare.testWindow'),
          versions.map(
            v => format.window(v.test?.from, v.test?.to) || t('common.none'),
          ),
        ),
        plain(
          t('compare.testRows'),
          versions.map(v => text(v.test && format.count(v.test.rows))),
        ),
        plain(
          t('compare.data'),
          versions.map(v => text(v.dataVersion?.slice(0, 12))),
        ),
        plain(
          t('compare.commit'),
          versions.map(v => text(v.commit?.slice(0, 7))),
        ),
        inputsRow(versions, t),
        plain(
          t('compare.run'),
          versions.map(v =>
            v.runNumber === undefined ? t('common.none') : `#${v.runNumber}`,
          ),
        ),
        plain(
          t('version.framework'),
          versions.map(v => v.framework),
        ),
      ],
    },
  ];
}

function inputsRow(versions: VersionDetail[], t: Text['t']): CompareRow {
  const { added, gone } = inputChanges(versions);
  const words = [
    added.length
      ? t('compare.inputsAdded', { names: added.join(', ') })
      : undefined,
    gone.length
      ? t('compare.inputsGone', { names: gone.join(', ') })
      : undefined,
  ].filter(Boolean);
  return {
    name: t('compare.inputs'),
    values: versions.map((v, i) =>
      i === versions.length - 1 && words.length
        ? words.join('; ')
        : String(v.signature.inputs.length),
    ),
    differs: words.length > 0,
  };
}

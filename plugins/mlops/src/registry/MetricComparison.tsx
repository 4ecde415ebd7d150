import { Comparison } from '@mlops-portal/plugin-mlops-common';
import { ScrollBox, State } from '../components';
import { useFormat, useText } from '../hooks';
import { versionLabel } from './plots/EvaluationPlots';

const TONES = { better: 'ml-ok', worse: 'ml-bad', same: '' };

/** Metrics of the first version (reference) against the second, with the difference and a verdict in words. */
export function MetricComparison(props: { comparison: Comparison }) {
  const { t, metricName } = useText();
  const format = useFormat();
  const { versions, metrics } = props.comparison;
  const none = <span className="ml-3">{t('common.none')}</span>;
  return (
    <ScrollBox label={t('model.against')}>
      <table className="ml-table">
        <thead>
          <tr>
            <th scope="col">{t('model.metric')}</th>
            {versions.map(v => (
              <th key={v.version} scope="col" className="n">
                {versionLabel(v)}
              </th>
            ))}
            <th scope="col" className="n">
              {t('model.difference')}
            </th>
            <th scope="col">{t('model.verdict')}</th>
          </tr>
        </thead>
        <tbody>
          {metrics.map(row => {
            const [a, b] = row.values;
            const judged = row.better === 1 ? 'better' : 'worse';
            const verdict = row.better === null ? 'same' : judged;
            const both =
              a !== null && b !== null && a !== undefined && b !== undefined;
            return (
              <tr key={row.name}>
                <th scope="row">
                  {metricName(row.name)}{' '}
                  <span className="ml-s11 ml-3" style={{ fontWeight: 400 }}>
                    {t(`direction.${row.direction}`)}
                  </span>
                </th>
                {row.values.map((value, i) => (
                  <td
                    key={i}
                    className="n"
                    style={i ? { fontWeight: 600 } : undefined}
                  >
                    {value === null ? none : format.metric(value)}
                  </td>
                ))}
                <td className={`n ${TONES[verdict]}`}>
                  {both ? format.signed(b - a) : none}
                </td>
                <td>{both ? <State state={verdict} /> : none}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </ScrollBox>
  );
}

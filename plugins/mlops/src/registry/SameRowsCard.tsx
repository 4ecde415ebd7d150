import { ReactNode } from 'react';
import {
  sameRowsMetrics,
  VersionDetail,
} from '@mlops-portal/plugin-mlops-common';
import { Card, ScrollBox, State } from '../components';
import { useFormat, useText } from '../hooks';

const TONES = { better: 'ml-ok', worse: 'ml-bad', same: '' };

/** The version against the one then in production, on the rows the evaluation of the newer read: the fair comparison of the two. */
export function SameRowsCard(props: {
  version: VersionDetail;
  title: string;
  acts?: ReactNode;
}) {
  const { t, metricName } = useText();
  const format = useFormat();
  const { version: v } = props;
  const rows = sameRowsMetrics(v);
  if (!rows.length) return null;
  const champion =
    v.championVersion === undefined
      ? t('version.champion')
      : `v${v.championVersion}`;
  return (
    <Card
      title={props.title}
      sub={
        v.test &&
        t('approval.sameRows', {
          window: format.window(v.test.from, v.test.to),
          n: format.count(v.test.rows),
        })
      }
      acts={props.acts}
      flush
    >
      <ScrollBox label={props.title}>
        <table className="ml-table">
          <thead>
            <tr>
              <th scope="col">{t('model.metric')}</th>
              <th scope="col" className="n">
                {champion}
              </th>
              <th scope="col" className="n">
                v{v.version}
              </th>
              <th scope="col" className="n">
                {t('model.difference')}
              </th>
              <th scope="col">{t('model.verdict')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, direction, values: [before, now], better }) => {
              const judged = better === 1 ? 'better' : 'worse';
              const verdict = better === null ? 'same' : judged;
              return (
                <tr key={name}>
                  <th scope="row">
                    {metricName(name)}{' '}
                    <span className="ml-s11 ml-3" style={{ fontWeight: 400 }}>
                      {t(`direction.${direction}`)}
                    </span>
                  </th>
                  <td className="n">{format.metric(before)}</td>
                  <td className="n" style={{ fontWeight: 600 }}>
                    {format.metric(now)}
                  </td>
                  <td className={`n ${TONES[verdict]}`}>
                    {format.signed(now - before)}
                  </td>
                  <td>
                    <State state={verdict} />
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </ScrollBox>
    </Card>
  );
}

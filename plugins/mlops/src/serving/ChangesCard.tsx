import { TrafficChange } from '@mlops-portal/plugin-mlops-common';
import { Card, EmptyState, Moment, State } from '../components';
import { useActor, useFormat, useText } from '../hooks';

/** Every change of traffic: what, by whom, why. */
export function ChangesCard(props: { changes: TrafficChange[] }) {
  const { t, say } = useText();
  const format = useFormat();
  const actorName = useActor();
  return (
    <Card title={t('changes.title')} sub={t('changes.sub')} flush>
      {props.changes.length === 0 ? (
        <EmptyState title={t('changes.emptyTitle')} />
      ) : (
        <div className="ml-scroll">
          <table className="ml-table stack">
            <thead>
              <tr>
                <th scope="col">{t('changes.revision')}</th>
                <th scope="col">{t('changes.versions')}</th>
                <th scope="col">{t('changes.state')}</th>
                <th scope="col">{t('changes.who')}</th>
                <th scope="col" className="n">
                  {t('changes.when')}
                </th>
              </tr>
            </thead>
            <tbody>
              {props.changes.map(change => (
                <tr key={change.id}>
                  <th scope="row" className="ml-nowrap">
                    {change.number}.{' '}
                    {say(`changes.what.${change.what}`, {}, change.what)}
                  </th>
                  <td className="ml-nowrap">
                    {change.traffic
                      .map(
                        ({ version, percent }) =>
                          `v${version} ${format.percent(percent / 100)}`,
                      )
                      .join(', ') || t('changes.nothing')}
                  </td>
                  <td className="ml-nowrap">
                    <State state={change.outcome} />
                  </td>
                  <td className="wide">
                    <b>{actorName(change.actor)}</b>{' '}
                    <span className="ml-2">{change.reason}</span>
                  </td>
                  <td className="n">
                    <Moment at={change.at} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Card>
  );
}

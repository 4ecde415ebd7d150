import { VersionDetail } from '@mlops-portal/plugin-mlops-common';
import { Actor, Card, EmptyState, Moment } from '../components';
import { useText } from '../hooks';
import { HistoryRow, historyOf } from './history';

/** What happened to the version, one row for each act, oldest first. */
export function HistoryCard({ version: v }: { version: VersionDetail }) {
  const { t } = useText();
  return (
    <Card title={t('version.history')} flush>
      {v.transitions.length === 0 && (
        <EmptyState title={t('common.noneWord')} />
      )}
      <ol className="ml-timeline">
        {historyOf(v.transitions).map(row => (
          <li key={`${row.at}${row.steps[0].what}`}>
            <Moment at={row.at} />
            <span className="mark" aria-hidden>
              •
            </span>
            <span>
              <b>
                <Actor of={row.actor} />
              </b>{' '}
              <Steps row={row} />
            </span>
          </li>
        ))}
      </ol>
    </Card>
  );
}

function Steps({ row }: { row: HistoryRow }) {
  const { t, say, stageName } = useText();
  const words = (step: HistoryRow['steps'][number]) => {
    const stage = step.what === 'stage';
    const name = (value = '') => (stage ? stageName(value) : value);
    const values = {
      from: name(step.from),
      to: name(step.to),
      reason: step.reason ?? '',
    };
    if (step.what === 'alias' && !step.to)
      return t('version.what.aliasLost', values);
    return say(
      `version.what.${step.what}`,
      values,
      [step.what, step.to].filter(Boolean).join(' '),
    );
  };
  const failed = row.steps.some(step => step.what === 'failed');
  return (
    <>
      {row.steps.map(words).join(', ')}
      {row.reason && !failed && (
        <span className="ml-3">{` “${row.reason}”`}</span>
      )}
    </>
  );
}

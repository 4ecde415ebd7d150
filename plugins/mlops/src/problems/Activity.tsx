import { Link } from 'react-router-dom';
import {
  RiBox3Line,
  RiCheckLine,
  RiFileTextLine,
  RiGitMergeLine,
  RiNotification3Line,
  RiPulseLine,
  RiServerLine,
} from '@remixicon/react';
import { ProblemDetail } from '@mlops-portal/plugin-mlops-common';
import { Actor, Card, EmptyState, Moment } from '../components';
import { useText } from '../hooks';
import { paths } from '../routes';

const ICONS: Array<[RegExp, typeof RiBox3Line]> = [
  [/approv/i, RiCheckLine],
  [/alert/i, RiNotification3Line],
  [/decision|retrain|label/i, RiPulseLine],
  [/deploy|promot|rollback|endpoint|traffic/i, RiServerLine],
  [/run|pipeline|step/i, RiGitMergeLine],
  [/version|stage|alias|regist/i, RiBox3Line],
];

/** What happened lately around a problem, newest first. */
export function Activity(props: {
  name: string;
  items: ProblemDetail['activity'];
}) {
  const { t, say } = useText();
  return (
    <Card
      title={t('problem.activity')}
      acts={
        <Link className="ml-link" to={paths.audit(props.name)}>
          {t('problem.allActivity')}
        </Link>
      }
      flush
    >
      {props.items.length === 0 && (
        <EmptyState title={t('problem.noActivity')} />
      )}
      <ol className="ml-timeline">
        {props.items.map((item, i) => {
          const Icon =
            ICONS.find(([word]) => word.test(item.action))?.[1] ??
            RiFileTextLine;
          return (
            <li key={i}>
              <Moment at={item.at} />
              <span className="mark">
                <Icon size={16} aria-hidden />
              </span>
              <span>
                <b>
                  <Actor of={item.actor} />
                </b>{' '}
                {say(`act.${item.action}`, {}, item.action)}
                {item.text && ': '}
                {item.link ? (
                  <Link to={item.link}>{item.text}</Link>
                ) : (
                  item.text
                )}
              </span>
            </li>
          );
        })}
      </ol>
    </Card>
  );
}

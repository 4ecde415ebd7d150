import { ReactNode } from 'react';
import { Link } from 'react-router-dom';
import { ButtonLink } from '@backstage/ui';
import { Home, Run } from '@mlops-portal/plugin-mlops-common';
import { Age, Card, StateShape } from '../components';
import { useActor, useFormat, useText } from '../hooks';
import { KindIcon } from '../lineage/KindIcon';
import { paths } from '../routes';
import { kindOfPath } from './kindOfPath';
import { Visit, useVisits } from './useVisits';

function ListCard(props: {
  title: string;
  sub?: string;
  count: number;
  warn?: boolean;
  empty: string;
  children: ReactNode;
}) {
  return (
    <Card
      title={props.title}
      sub={props.count ? props.sub : props.empty}
      acts={
        props.count > 0 && (
          <span className={`ml-count${props.warn ? ' warn' : ''}`}>
            {props.count}
          </span>
        )
      }
      flush
    >
      {props.count > 0 && <ul className="ml-list">{props.children}</ul>}
    </Card>
  );
}

function Item(props: {
  state: string;
  title: string;
  age: string;
  detail: string;
  act: string;
  href: string;
}) {
  return (
    <li>
      <StateShape state={props.state} size={16} />
      <div className="body">
        <h3>
          {props.title}
          <span className="age">
            <Age at={props.age} />
          </span>
        </h3>
        <p>{props.detail}</p>
      </div>
      <ButtonLink href={props.href} size="small" variant="secondary">
        {props.act}
      </ButtonLink>
    </li>
  );
}

export function WaitingApprovals(props: { items: Home['approvals'] }) {
  const { t, metricName, riskName } = useText();
  const format = useFormat();
  const actor = useActor();
  return (
    <ListCard
      title={t('home.approvals')}
      sub={t('home.approvalsSub')}
      count={props.items.length}
      empty={t('home.noApprovals')}
    >
      {props.items.map(a => (
        <Item
          key={a.id}
          state={a.state}
          title={t('home.approvalTitle', {
            model: a.model,
            version: String(a.version),
          })}
          age={a.requestedAt}
          detail={[
            `${t('problems.risk')} ${riskName(a.riskClass)}`,
            a.metric &&
              `${metricName(a.metric.name)} ${format.metric(a.metric.value)}`,
            actor(a.requestedBy),
          ]
            .filter(Boolean)
            .join(', ')}
          act={t('home.review')}
          href={paths.approval(a.id)}
        />
      ))}
    </ListCard>
  );
}

export function FiringAlerts(props: { items: Home['alerts'] }) {
  const { t } = useText();
  const format = useFormat();
  const actor = useActor();
  return (
    <ListCard
      title={t('home.alerts')}
      sub={t('home.alertsSub')}
      count={props.items.length}
      warn
      empty={t('home.noAlerts')}
    >
      {props.items.map(a => (
        <Item
          key={a.id}
          state={a.state}
          title={a.title}
          age={a.firedAt}
          detail={`${a.endpoint}, ${
            a.evidence.score === null
              ? t('common.none')
              : format.score(a.evidence.score)
          } / ${format.score(a.evidence.limit)}, ${t('common.n', {
            n: format.count(a.evidence.n),
          })}. ${
            a.acknowledgedBy
              ? t('home.acknowledged', { actor: actor(a.acknowledgedBy) })
              : t('home.nobody')
          }`}
          act={t('home.open')}
          href={paths.alert(a.id)}
        />
      ))}
    </ListCard>
  );
}

export function RunList(props: { items: Run[]; kind: 'failed' | 'running' }) {
  const { t, say } = useText();
  const failed = props.kind === 'failed';
  return (
    <ListCard
      title={t(failed ? 'home.failed' : 'home.running')}
      count={props.items.length}
      empty={t(failed ? 'home.noFailed' : 'home.noRunning')}
    >
      {props.items.map(run => (
        <Item
          key={run.id}
          state={run.state}
          title={`${run.pipeline} #${run.number}`}
          age={run.finishedAt ?? run.startedAt ?? run.createdAt}
          detail={run.reason ?? run.because ?? say(`trigger.${run.trigger}`)}
          act={t('home.openRun')}
          href={paths.run(run.id)}
        />
      ))}
    </ListCard>
  );
}

export function Visited() {
  const { t } = useText();
  const visits = useVisits();
  return (
    <Card title={t('home.visited')}>
      {visits.length === 0 ? (
        <p className="ml-3">{t('home.noVisits')}</p>
      ) : (
        <ul className="ml-col">
          {visits.map(visit => (
            <li key={visit.path} className="ml-row">
              <VisitLink visit={visit} />
              <span className="ml-push ml-s11 ml-3 ml-nowrap">
                <Age at={visit.at} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

/** Problem, endpoint and model carry one name: the kind of the page tells them apart. */
function VisitLink(props: { visit: Visit }) {
  const { say } = useText();
  const { visit } = props;
  const kind = kindOfPath(visit.path);
  return (
    <Link to={visit.path} className="ml-row ml-visit">
      <span className="ml-3 ml-icon">
        <KindIcon kind={kind ?? 'page'} />
      </span>
      <bdi>{visit.title}</bdi>
      {kind && (
        <span className="ml-s11 ml-3">{say(`visit.${kind}`, {}, kind)}</span>
      )}
    </Link>
  );
}

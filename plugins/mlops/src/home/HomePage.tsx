import { useEffect, useState } from 'react';
import { Link } from 'react-router-dom';
import { identityApiRef, useApi } from '@backstage/frontend-plugin-api';
import { Home } from '@mlops-portal/plugin-mlops-common';
import { Card, DataTable, LoadState, Page } from '../components';
import { useFormat, useHub, useText } from '../hooks';
import { NewProblem } from '../problems/ProblemsPage';
import { useProblemColumns } from '../problems/ProblemsTable';
import { paths } from '../routes';
import { FirstProblem } from './FirstProblem';
import { FiringAlerts, RunList, Visited, WaitingApprovals } from './HomeLists';

const REFRESH_MS = 15_000;

/** /: what needs me? */
export function HomePage() {
  const { t } = useText();
  const hub = useHub((client, signal) => client.getHome({ signal }), ['home'], {
    refreshMs: REFRESH_MS,
  });
  // There the message of the page says it all, and has the button.
  const first = hub.value !== undefined && isEmpty(hub.value);
  return (
    <Page
      title={useGreeting()}
      crumbs={[{ title: t('common.portal'), href: paths.home() }]}
      state={
        hub.value &&
        !first && (
          <span className="ml-s12 ml-2">
            <Waits home={hub.value} />
          </span>
        )
      }
      acts={!first && <NewProblem />}
    >
      <LoadState of={hub} what={t('noun.home')} rows={8}>
        {home => <Lists home={home} />}
      </LoadState>
    </Page>
  );
}

/** Nothing was made yet, or all of it is gone. */
function isEmpty(home: Home): boolean {
  return (
    !home.problems.length && !home.failedRuns.length && !home.running.length
  );
}

function Lists(props: { home: Home }) {
  const { t } = useText();
  const columns = useProblemColumns(true);
  const { home } = props;
  if (isEmpty(home)) return <FirstProblem />;
  return (
    <>
      <div className="ml-two">
        <div className="ml-col ml-gap-16">
          <WaitingApprovals items={home.approvals} />
          <FiringAlerts items={home.alerts} />
        </div>
        <div className="ml-col ml-gap-16">
          <RunList items={home.failedRuns} kind="failed" />
          <RunList items={home.running} kind="running" />
        </div>
      </div>
      <div className="ml-wide start">
        <Card
          title={t('home.problems')}
          acts={
            <Link className="ml-link" to={paths.problems()}>
              {t('home.allProblems')}
            </Link>
          }
          flush
        >
          <DataTable
            label={t('home.problems')}
            columns={columns}
            rows={home.problems}
            rowKey={p => p.name}
          />
        </Card>
        <Visited />
      </div>
    </>
  );
}

function Waits(props: { home: Home }) {
  const { t } = useText();
  const format = useFormat();
  const { approvals, alerts, failedRuns } = props.home;
  const counted = (
    key: 'home.countApprovals' | 'home.countAlerts' | 'home.countFailed',
    list: unknown[],
  ) =>
    list.length
      ? [t(key, { count: list.length, n: format.count(list.length) })]
      : [];
  const parts = [
    ...counted('home.countApprovals', approvals),
    ...counted('home.countAlerts', alerts),
    ...counted('home.countFailed', failedRuns),
  ];
  if (!parts.length) return <>{t('home.quiet')}</>;
  const what = new Intl.ListFormat(format.language, {
    type: 'conjunction',
  }).format(parts);
  return <>{t('home.waits', { what })}</>;
}

function useGreeting(): string {
  const { t } = useText();
  const identity = useApi(identityApiRef);
  const [name, setName] = useState('');
  useEffect(() => {
    let left = false;
    identity
      .getProfileInfo()
      .then(profile => !left && setName(profile.displayName ?? ''))
      .catch(() => undefined);
    return () => {
      left = true;
    };
  }, [identity]);
  const hour = new Date().getHours();
  const later = hour < 18 ? 'home.afternoon' : 'home.evening';
  const greeting = t(hour < 12 ? 'home.morning' : later);
  return name ? t('home.greetingName', { greeting, name }) : greeting;
}

import { ReactNode } from 'react';
import { Link, useLocation } from 'react-router-dom';
import { RiArrowRightSLine } from '@remixicon/react';
import { useVisit } from '../home/useVisits';
import { useText } from '../hooks/useText';
import { ML_ROOT } from '../theme/styles';
import { useDocumentTitle } from './useDocumentTitle';

export interface Crumb {
  title: string;
  href: string;
}
export interface PageTab {
  title: string;
  /** Absolute path; the tab is current when the address starts with it (or equals it with `exact`). */
  href: string;
  exact?: boolean;
}
export interface PageProps {
  title: string;
  /** State or age beside the title. */
  state?: ReactNode;
  crumbs?: Crumb[];
  /** Second line: facts in grey with the value in <b>. */
  meta?: ReactNode;
  acts?: ReactNode;
  tabs?: PageTab[];
  children: ReactNode;
}

/** A whole page: crumbs, title with its state, acts, tabs, and the body as a column of cards. */
export function Page(props: PageProps) {
  const { crumbs = [], tabs = [] } = props;
  const { pathname, search } = useLocation();
  useDocumentTitle(props.title, tabs.find(tab => isOpen(tab, pathname))?.title);
  useVisit(props.title, pathname === '/' ? undefined : pathname + search);
  return (
    <div className={`${ML_ROOT} ml-page`}>
      <header className={`ml-head${tabs.length ? ' tabbed' : ''}`}>
        <Crumbs crumbs={crumbs} />
        <div className="ml-title">
          <h1>
            <bdi>{props.title}</bdi>
          </h1>
          {props.state}
          {props.acts && <div className="ml-acts">{props.acts}</div>}
        </div>
        {props.meta && <div className="ml-meta">{props.meta}</div>}
        {tabs.length > 0 && <Tabs tabs={tabs} />}
      </header>
      <main className="ml-body">{props.children}</main>
    </div>
  );
}

/** The same cards without a head, for the tabs of entity pages. */
export function TabBody(props: { children: ReactNode }) {
  return <div className={`${ML_ROOT} ml-tab`}>{props.children}</div>;
}

function Crumbs(props: { crumbs: Crumb[] }) {
  const { t } = useText();
  const crumbs = props.crumbs.length
    ? props.crumbs
    : [{ title: t('common.portal'), href: '/' }];
  return (
    <nav className="ml-crumbs" aria-label={t('common.breadcrumbs')}>
      <ol>
        {crumbs.map((crumb, i) => (
          <li key={crumb.href}>
            {i > 0 && (
              <RiArrowRightSLine size={14} className="ml-mirror" aria-hidden />
            )}
            <Link to={crumb.href}>
              <bdi>{crumb.title}</bdi>
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}

function Tabs(props: { tabs: PageTab[] }) {
  const { t } = useText();
  const { pathname } = useLocation();
  return (
    <nav className="ml-tabs" aria-label={t('common.sections')}>
      {props.tabs.map(tab => {
        const on = isOpen(tab, pathname);
        return (
          <Link
            key={tab.href}
            to={tab.href}
            aria-current={on ? 'page' : undefined}
          >
            {tab.title}
          </Link>
        );
      })}
    </nav>
  );
}

function isOpen(tab: PageTab, pathname: string): boolean {
  return tab.exact ? pathname === tab.href : pathname.startsWith(tab.href);
}

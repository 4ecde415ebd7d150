import { useEffect, useState } from 'react';
import { Link, useLocation, useNavigate } from 'react-router-dom';
import {
  RiCloseLine,
  RiMenuLine,
  RiPulseLine,
  RiSearchLine,
} from '@remixicon/react';
import { StateShape } from '../components/State';
import { useFormat, useHub, useText } from '../hooks';
import { paths } from '../routes';
import { ML_ROOT } from '../theme/styles';
import './nav.css';
import { NAV_GROUPS, NavEntry, OTHER_PAGES } from './entries';

const REFRESH_MS = 30_000;

export interface PortalNavProps {
  /** Address of a page of another plugin by extension id; undefined where it is not installed. */
  hrefOf: (extension: string) => string | undefined;
}

/** The side navigation; on small screens a bar with a menu. */
export function PortalNav(props: PortalNavProps) {
  const { t } = useText();
  const [open, setOpen] = useState(false);
  const { pathname } = useLocation();
  useEffect(() => setOpen(false), [pathname]);
  useSearchKey();
  const home = useHub((hub, signal) => hub.getHome({ signal }), ['nav'], {
    refreshMs: REFRESH_MS,
  });
  const counts = {
    approvals: home.value?.approvals.length ?? 0,
    alerts: home.value?.alerts.length ?? 0,
  };
  const others = OTHER_PAGES.flatMap(entry => {
    const href = props.hrefOf(entry.extension);
    return href ? [{ ...entry, href }] : [];
  });
  return (
    <nav
      className={`${ML_ROOT} ml-nav${open ? ' open' : ''}`}
      aria-label={t('nav.label')}
    >
      <a className="ml-skip" href="#content">
        {t('nav.skip')}
      </a>
      <div className="ml-nav-bar">
        <Link className="brand" to={paths.home()}>
          <i aria-hidden>
            <RiPulseLine size={14} />
          </i>
          {t('common.portal')}
        </Link>
        <button
          type="button"
          className="menu"
          aria-expanded={open}
          aria-label={t(open ? 'nav.closeMenu' : 'nav.menu')}
          onClick={() => setOpen(!open)}
        >
          {open ? <RiCloseLine size={20} /> : <RiMenuLine size={20} />}
        </button>
      </div>
      <div className="ml-nav-list">
        <Link className="search" to="/search">
          <RiSearchLine size={16} aria-hidden />
          {t('nav.search')}
          <kbd>{t('nav.searchKeys')}</kbd>
        </Link>
        {[
          ...NAV_GROUPS,
          { title: 'nav.backstage' as const, entries: others },
        ].map(
          (group, i) =>
            group.entries.length > 0 && (
              <div
                key={i}
                role="group"
                aria-label={group.title && t(group.title)}
              >
                {group.title && <div className="section">{t(group.title)}</div>}
                {group.entries.map(entry => (
                  <Entry key={entry.href} entry={entry} counts={counts} />
                ))}
              </div>
            ),
        )}
        <Engines />
      </div>
    </nav>
  );
}

function Entry(props: {
  entry: NavEntry;
  counts: Record<'approvals' | 'alerts', number>;
}) {
  const { t } = useText();
  const format = useFormat();
  const { pathname } = useLocation();
  const { entry } = props;
  const on = entry.exact
    ? pathname === entry.href
    : pathname === entry.href || pathname.startsWith(`${entry.href}/`);
  const Icon = entry.icon;
  const count = entry.count ? props.counts[entry.count] : 0;
  return (
    <Link
      className="item"
      to={entry.href}
      aria-current={on ? 'page' : undefined}
    >
      <Icon size={16} aria-hidden />
      {t(entry.title)}
      {count > 0 && (
        <span
          className={`ml-count${
            entry.count === 'alerts' ? ' warn' : ''
          } ml-push`}
          title={t(entry.count === 'alerts' ? 'nav.firing' : 'nav.waiting', {
            n: format.count(count),
          })}
        >
          {format.count(count)}
        </span>
      )}
    </Link>
  );
}

function Engines() {
  const { t } = useText();
  const format = useFormat();
  const hub = useHub(
    (client, signal) => client.listEngines({ signal }),
    ['engines'],
    {
      refreshMs: REFRESH_MS,
    },
  );
  const engines = hub.value?.items;
  if (!engines?.length) return null;
  const well = engines.filter(e => e.state === 'answering').length;
  const silent = engines.some(e => e.state === 'not-answering')
    ? 'not-answering'
    : 'unknown';
  const worst = well === engines.length ? 'well' : silent;
  return (
    <Link className="foot" to={paths.platform()}>
      <StateShape state={worst} size={16} />
      <span>
        {t('nav.engines', {
          n: format.count(well),
          total: format.count(engines.length),
        })}
      </span>
    </Link>
  );
}

/** Ctrl K or Cmd K opens the search from anywhere. */
function useSearchKey() {
  const navigate = useNavigate();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        navigate('/search');
      }
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [navigate]);
}

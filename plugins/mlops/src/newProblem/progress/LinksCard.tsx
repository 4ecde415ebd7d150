import { Link } from 'react-router-dom';
import { Card, ShortName, State } from '../../components';
import { KindIcon } from '../../lineage/KindIcon';
import { paths } from '../../routes';
import { useWords, WordKey } from '../useWords';
import { useMaking } from './useMaking';

type Making = ReturnType<typeof useMaking>;

interface Thing {
  key: WordKey;
  /** Kind by which it has its icon. */
  icon: string;
  /** What is known of its name. */
  title: string;
  /** Set as soon as it is there. */
  href?: string;
  state?: string;
  /** What makes it, where that is not this page. */
  waits?: WordKey;
}

function thingsOf(making: Making): Thing[] {
  const { name, exists, registered, repository, ci, run } = making;
  const there = (when: unknown, href: string) => (when ? href : undefined);
  const version = run?.versionMade;
  const read = run?.steps.some(step => step.state === 'succeeded');
  return [
    {
      key: 'progress.repository',
      icon: 'commit',
      title: name,
      href: there(exists, repository?.webUrl ?? repository?.cloneUrl ?? ''),
    },
    {
      key: 'progress.problem',
      icon: 'problem',
      title: name,
      href: there(registered, paths.problem(name)),
    },
    {
      key: 'progress.pipeline',
      icon: 'pipeline',
      title: name,
      href: there(exists, paths.pipeline(name)),
      state: ci?.state,
    },
    {
      key: 'progress.runLink',
      icon: 'run',
      title: run ? `#${run.number}` : '#1',
      href: there(run, paths.run(run?.id ?? '')),
      state: run?.state,
    },
    {
      key: 'progress.dataset',
      icon: 'data',
      title: `${name}-data`,
      href: there(registered && read, paths.dataset(`${name}-data`)),
    },
    {
      key: 'progress.features',
      icon: 'features',
      title: `${name}-features`,
      href: there(registered && version, paths.featureView(`${name}-features`)),
    },
    {
      key: 'progress.versionLink',
      icon: 'version',
      title: `v${version ?? 1}`,
      href: there(version, paths.version(name, version ?? 1)),
    },
    {
      key: 'progress.endpoint',
      icon: 'endpoint',
      title: name,
      waits: 'progress.endpointWaits',
    },
  ];
}

/** Links to what was made; each row has its place from the start. */
export function LinksCard(props: { making: Making }) {
  const t = useWords();
  return (
    <Card title={t('progress.links')} sub={t('progress.linksSub')} flush>
      <ul className="ml-new-links ml-links">
        {thingsOf(props.making).map(thing => (
          <li key={thing.key}>
            <span className="ml-2 ml-row">
              <KindIcon kind={thing.icon} />
              {t(thing.key)}
            </span>
            <span>
              {thing.href ? (
                <Target href={thing.href}>{thing.title}</Target>
              ) : (
                <span className="ml-3">
                  {thing.waits ? t(thing.waits) : thing.title}
                </span>
              )}
            </span>
            <State state={thing.href ? thing.state ?? 'succeeded' : 'waiting'}>
              {thing.state && thing.href
                ? undefined
                : t(thing.href ? 'progress.ready' : 'progress.waiting')}
            </State>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Target(props: { href: string; children: string }) {
  return /^https?:/.test(props.href) ? (
    <a href={props.href} target="_blank" rel="noreferrer">
      <ShortName>{props.children}</ShortName>
    </a>
  ) : (
    <Link to={props.href}>
      <ShortName>{props.children}</ShortName>
    </Link>
  );
}

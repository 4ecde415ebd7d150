import { Link } from 'react-router-dom';
import { Card, State } from '../../components';
import { paths } from '../../routes';
import { useWords, WordKey } from '../useWords';
import { useMaking } from './useMaking';

type Making = ReturnType<typeof useMaking>;

interface Thing {
  key: WordKey;
  /** What is known of its name. */
  title: string;
  /** Set as soon as it is there. */
  href?: string;
  state?: string;
}

function thingsOf(making: Making): Thing[] {
  const { name, exists, registered, repository, ci, run } = making;
  const there = (when: unknown, href: string) => (when ? href : undefined);
  return [
    {
      key: 'progress.repository',
      title: name,
      href: there(exists, repository?.webUrl ?? repository?.cloneUrl ?? ''),
    },
    {
      key: 'progress.problem',
      title: name,
      href: there(registered, paths.problem(name)),
    },
    {
      key: 'progress.pipeline',
      title: name,
      href: there(exists, paths.pipeline(name)),
      state: ci?.state,
    },
    {
      key: 'progress.runLink',
      title: run ? `${name} #${run.number}` : name,
      href: there(run, paths.run(run?.id ?? '')),
      state: run?.state,
    },
    {
      key: 'progress.model',
      title: run?.versionMade ? `${name} v${run.versionMade}` : name,
      href: there(run?.versionMade, paths.model(name)),
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
            <span className="ml-2">{t(thing.key)}</span>
            <bdi>
              {thing.href ? (
                <Target href={thing.href}>{thing.title}</Target>
              ) : (
                <span className="ml-3">{thing.title}</span>
              )}
            </bdi>
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
      {props.children}
    </a>
  ) : (
    <Link to={props.href}>{props.children}</Link>
  );
}

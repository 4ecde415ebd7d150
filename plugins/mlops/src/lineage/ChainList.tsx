import { Link as RouterLink } from 'react-router-dom';
import { Trace } from '@mlops-portal/plugin-mlops-common';
import { Actor, Moment } from '../components';
import { useText } from '../hooks';
import { paths, pathOfObject } from '../routes';
import { chainOf, Link } from './chain';
import { KindIcon } from './KindIcon';

/** The chain behind one answer as one list to read from the top: request, endpoint, revision, version, run, commit, with their dates. */
export function ChainList(props: { trace: Trace }) {
  const { t, say } = useText();
  return (
    <ol className="ml-chain" aria-label={t('trace.chain')}>
      {chainOf(props.trace).map(link => (
        <li key={link.id} className={link.branch ? 'branch' : undefined}>
          <KindIcon kind={link.kind} />
          <span className="ml-s12 ml-2">
            {link.redacted
              ? t('lineage.hidden')
              : say(`lineage.kind.${link.kind}`, {}, link.kind)}
          </span>
          <div>
            <Title link={link} />
            {(link.actor || link.note) && (
              <div className="ml-s12 ml-3">
                {link.actor && (
                  <Actor
                    of={link.actor}
                    say={actor => t('runs.by', { actor })}
                  />
                )}
                {link.actor && link.note && ' '}
                {link.note && <bdi>“{link.note}”</bdi>}
              </div>
            )}
          </div>
          <span className="ml-s12 ml-2">
            {link.at && <Moment at={link.at} />}
          </span>
        </li>
      ))}
    </ol>
  );
}

function Title({ link }: { link: Link }) {
  const { t } = useText();
  if (link.redacted) return <>{t('lineage.hiddenWhy')}</>;
  const own = ['prediction', 'features'].includes(link.kind);
  const path = own
    ? undefined
    : pathOfObject(link.id) ?? paths.lineage(link.id);
  const title = <bdi dir="ltr">{link.title}</bdi>;
  return path ? (
    <RouterLink className="ml-link" to={path}>
      {title}
    </RouterLink>
  ) : (
    title
  );
}

import { ReactNode } from 'react';
import {
  MlopsApiError,
  RepositoryDiffView,
} from '@mlops-portal/plugin-mlops-common';
import { Card, EmptyState, LoadState } from '../components';
import { useFormat, useHub, useText } from '../hooks';
import { CommitList } from './CommitList';
import './compare.css';
import { DiffFiles } from './DiffFiles';

/** The hub knows commits by their full id. */
const COMMIT = /^[0-9a-f]{40}$/;
const CANNOT = 501;

/** A side of the comparison: its name on screen and the commit that it was made from. */
export interface CodeSide {
  name: string;
  commit?: string;
}

/** What changed in the code from one commit of a repository to another. */
export function CodeCard(props: {
  repository: string;
  from: CodeSide;
  to: CodeSide;
}) {
  const { t } = useText();
  const { from, to } = props;
  const unknown = [from, to].find(side => !COMMIT.test(side.commit ?? ''));
  if (unknown)
    return (
      <Plain title={t('compare.codeUnknown', { name: unknown.name })}>
        {t('compare.codeUnknownText')}
      </Plain>
    );
  if (from.commit === to.commit)
    return (
      <Plain title={t('compare.codeSame')}>
        {t('compare.codeSameText', { commit: short(from.commit) })}
      </Plain>
    );
  return <Difference {...props} />;
}

function Difference(props: {
  repository: string;
  from: CodeSide;
  to: CodeSide;
}) {
  const { t } = useText();
  const { repository: name } = props;
  const [from, to] = [props.from.commit!, props.to.commit!];
  const hub = useHub(
    (client, signal) =>
      client.getRepositoryDiff({ name, from, to }, { signal }),
    ['diff', name, from, to],
  );
  const command = <code>{`git diff ${short(from)} ${short(to)}`}</code>;
  if (isCannot(hub.error))
    return <Plain title={t('compare.codeCannot', { name })}>{command}</Plain>;
  const between = t('compare.codeFromTo', {
    from: `${props.from.name} ${short(from)}`,
    to: `${props.to.name} ${short(to)}`,
  });
  return (
    <LoadState of={hub} what={`${t('compare.code')}: ${between}`} rows={5}>
      {diff => (
        <Shown
          diff={diff}
          between={between}
          foot={
            <>
              {t('compare.codeCommand', { name })} {command}
            </>
          }
        />
      )}
    </LoadState>
  );
}

function Shown(props: {
  diff: RepositoryDiffView;
  between: string;
  foot: ReactNode;
}) {
  const { t } = useText();
  const { diff } = props;
  const size = useSize(diff);
  if (!diff.files.length)
    return (
      <Plain title={t('compare.codeNoFiles')} sub={props.between}>
        {t('compare.codeNoFilesText', {
          from: short(diff.from),
          to: short(diff.to),
        })}
      </Plain>
    );
  return (
    <Card
      title={t('compare.code')}
      sub={
        <>
          <bdi>{props.between}</bdi>: {size}
        </>
      }
      foot={props.foot}
      flush
    >
      {diff.truncated && (
        <p className="ml-diff-note">{t('compare.codeTruncated')}</p>
      )}
      <CommitList commits={diff.commits} used={diff.to} />
      <DiffFiles files={diff.files} />
    </Card>
  );
}

/** "6 commits, 11 files, +120 −31". */
function useSize({ files, commits }: RepositoryDiffView): string {
  const { t } = useText();
  const format = useFormat();
  const sum = (of: 'additions' | 'deletions') =>
    files.reduce((total, file) => total + (file[of] ?? 0), 0);
  const counted = (
    key: 'compare.codeCommits' | 'compare.codeFiles',
    count: number,
  ) => t(key, { count, n: format.count(count) });
  return [
    commits.length ? counted('compare.codeCommits', commits.length) : undefined,
    counted('compare.codeFiles', files.length),
    // Isolated, so that the signs stay before their numbers in every language.
    `\u2066+${format.count(sum('additions'))} −${format.count(
      sum('deletions'),
    )}\u2069`,
  ]
    .filter(Boolean)
    .join(', ');
}

function Plain(props: { title: string; sub?: string; children: ReactNode }) {
  const { t } = useText();
  return (
    <Card title={t('compare.code')} sub={props.sub} flush>
      <EmptyState title={props.title}>{props.children}</EmptyState>
    </Card>
  );
}

function isCannot(error?: Error): boolean {
  return error instanceof MlopsApiError && error.status === CANNOT;
}

function short(commit = ''): string {
  return commit.slice(0, 8);
}

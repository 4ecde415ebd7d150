import { Link } from 'react-router-dom';
import { useState } from 'react';
import { Button } from '@backstage/ui';
import { RepositoryDiffView } from '@mlops-portal/plugin-mlops-common';
import { Age } from '../components';
import { useFormat, useText } from '../hooks';
import { paths } from '../routes';

const AT_FIRST = 5;

/** Commits that lie between, newest first; the first few until more are asked for. */
export function CommitList(props: {
  commits: RepositoryDiffView['commits'];
  /** The commit that something was made from: only of such a one there is a lineage. */
  used: string;
}) {
  const { t } = useText();
  const format = useFormat();
  const [all, setAll] = useState(false);
  const { commits } = props;
  const shown = all ? commits : commits.slice(0, AT_FIRST);
  if (!commits.length) return null;
  return (
    <ul className="ml-diff-commits" aria-label={t('compare.codeCommitList')}>
      {shown.map(({ commit, message, author, at }) => (
        <li key={commit}>
          <CommitId commit={commit} used={commit === props.used} />{' '}
          <bdi>{message}</bdi>{' '}
          <span className="ml-3 ml-s12">
            <bdi>{author}</bdi>, <Age at={at} />
          </span>
        </li>
      ))}
      {shown.length < commits.length && (
        <li>
          <Button size="small" variant="tertiary" onPress={() => setAll(true)}>
            {t('compare.moreCommits', {
              n: format.count(commits.length - shown.length),
            })}
          </Button>
        </li>
      )}
    </ul>
  );
}

function CommitId(props: { commit: string; used: boolean }) {
  const id = <code>{props.commit.slice(0, 8)}</code>;
  if (!props.used) return id;
  return (
    <Link className="ml-link" to={paths.lineage(`commit:${props.commit}`)}>
      {id}
    </Link>
  );
}

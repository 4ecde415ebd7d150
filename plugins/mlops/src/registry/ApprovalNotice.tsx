import { Link } from 'react-router-dom';
import { Approval, VersionDetail } from '@mlops-portal/plugin-mlops-common';
import { Age, StateShape } from '../components';
import { useActor, useText } from '../hooks';
import { paths } from '../routes';

const TONES: Partial<Record<Approval['state'], string>> = {
  waiting: 'run',
  refused: 'bad',
};

/** What became of the newest request to put this version into production, and who said so. */
export function ApprovalNotice({ version: v }: { version: VersionDetail }) {
  const { t } = useText();
  const actor = useActor();
  const newest = [...v.approvals].sort((a, b) =>
    b.requestedAt.localeCompare(a.requestedAt),
  )[0];
  if (!newest || newest.state === 'withdrawn') return null;
  const { state, decidedBy = '', decisionReason = '', decidedAt } = newest;
  const said = { actor: actor(decidedBy), reason: decisionReason };
  const approved = newest.exception
    ? 'version.approvedException'
    : 'version.approvedBy';
  const text = {
    waiting: t('version.waiting'),
    refused: t('version.refusedBy', said),
    approved: t(approved, said),
  }[state];
  return (
    <div className={`ml-notice ${TONES[state] ?? ''}`} role="status">
      <StateShape state={state} />
      <div>
        <Link className="ml-link" to={paths.approval(newest.id)}>
          {text}
        </Link>{' '}
        <span className="ml-3 ml-s12">
          <Age at={decidedAt ?? newest.requestedAt} />
        </span>
        {decidedBy && decidedBy === newest.requestedBy && (
          <p className="ml-2 ml-s12">{t('version.ownApproval')}</p>
        )}
      </div>
    </div>
  );
}

import { useState } from 'react';
import { Button, Checkbox, TextAreaField } from '@backstage/ui';
import { Approval } from '@mlops-portal/plugin-mlops-common';
import { Card, ErrorNotice, Facts, State, StateShape } from '../components';
import { useAct, useActor, useFormat, useHub, useText } from '../hooks';
import { countConditions, foldConditions } from '../registry/Conditions';

const SHORTEST = 3;

/** Approve or refuse with a reason. Whoever may not decide sees the same panel and reads why. */
export function DecisionPanel(props: {
  approval: Approval;
  champion?: number;
  onDecided: () => void;
}) {
  const { t, riskName } = useText();
  const { approval: a } = props;
  return (
    <div className="ml-decision">
      <Card
        title={t('approval.decision')}
        acts={<State state={a.state} pill />}
      >
        <div className="ml-col ml-gap-16">
          <Facts
            items={[
              [
                t('approval.changes'),
                t('approval.changesText', {
                  endpoint: a.endpoint,
                  version: String(a.version),
                }),
              ],
              props.champion === undefined
                ? undefined
                : [
                    t('approval.goesBack'),
                    t('approval.goesBackText', {
                      version: String(props.champion),
                    }),
                  ],
              [t('approval.risk'), riskName(a.riskClass)],
            ]}
          />
          {a.state === 'waiting' ? (
            <Decide {...props} />
          ) : (
            <Decided approval={a} />
          )}
        </div>
      </Card>
    </div>
  );
}

function Decided({ approval: a }: { approval: Approval }) {
  const { t, stateWord } = useText();
  const actor = useActor();
  return (
    <div>
      <b>
        {t('approval.decidedBy', {
          state: stateWord(a.state),
          actor: actor(a.decidedBy ?? ''),
        })}
      </b>
      {a.decisionReason && <p>“{a.decisionReason}”</p>}
    </div>
  );
}

function Decide(props: { approval: Approval; onDecided: () => void }) {
  const { t } = useText();
  const format = useFormat();
  const { approval: a } = props;
  const me = useHub((hub, signal) => hub.whoAmI({ signal }), ['whoami']);
  const { act, busy, error } = useAct();
  const [reason, setReason] = useState('');
  const [exception, setException] = useState(false);
  const { notMet, unknown } = countConditions(a.conditions);
  const open = notMet + unknown > 0;
  const short = reason.trim().length < SHORTEST;
  const decide = async (decision: 'approve' | 'refuse') => {
    const done = await act((hub, signal) =>
      hub.decideApproval(
        {
          id: a.id,
          body: {
            decision,
            reason: reason.trim(),
            exception: decision === 'approve' && open && exception,
          },
        },
        { signal },
      ),
    );
    if (done) props.onDecided();
  };
  if (!me.value)
    return me.error ? (
      <ErrorNotice what={t('approval.decision')} error={me.error} />
    ) : null;
  const own = me.value.actor === a.requestedBy;
  if (!me.value.permissions['mlops.approval.decide'])
    return <p className="ml-2">{t('approval.mayNot')}</p>;
  if (own && !a.fourEyesWaived)
    return <p className="ml-2">{t('approval.own')}</p>;
  return (
    <>
      <div className={`ml-notice ${open ? 'warn' : ''}`} role="status">
        <StateShape state={notMet ? 'drift' : foldConditions(a.conditions)} />
        <div>
          {open
            ? t('approval.openConditions', {
                notMet: format.count(notMet),
                unknown: format.count(unknown),
              })
            : t('approval.allMet')}
        </div>
      </div>
      {own && <p className="ml-s12 ml-2">{t('approval.onePerson')}</p>}
      <TextAreaField
        label={t('approval.reason')}
        description={t('approval.reasonHelp', {
          n: format.count(reason.trim().length),
        })}
        value={reason}
        onChange={setReason}
        isRequired
      />
      {open && (
        <Checkbox isSelected={exception} onChange={setException}>
          {t('approval.exception')}
        </Checkbox>
      )}
      <div className="ml-row wrap">
        <Button
          size="small"
          variant="primary"
          isPending={busy}
          isDisabled={short || (open && !exception)}
          onPress={() => decide('approve')}
        >
          {t(
            open && exception
              ? 'approval.approveException'
              : 'approval.approve',
          )}
        </Button>
        <Button
          size="small"
          variant="secondary"
          destructive
          isDisabled={short || busy}
          onPress={() => decide('refuse')}
        >
          {t('approval.refuse')}
        </Button>
      </div>
      {open && !exception && (
        <p className="ml-s12 ml-3">{t('approval.needsException')}</p>
      )}
      {error && <ErrorNotice what={t('approval.decision')} error={error} act />}
    </>
  );
}

import { useState } from 'react';
import { Button, Checkbox, TextAreaField } from '@backstage/ui';
import { Approval } from '@mlops-portal/plugin-mlops-common';
import {
  ActButton,
  Actor,
  Age,
  Card,
  ErrorNotice,
  Facts,
  State,
  StateShape,
} from '../components';
import { useAct, useActor, useFormat, useHub, useText } from '../hooks';
import { countConditions, foldConditions } from '../registry/Conditions';

const SHORTEST = 3;
const PANEL = 'decision';

/** Approve or refuse with a reason. Whoever may not decide sees the same panel and reads why. */
export function DecisionPanel(props: {
  approval: Approval;
  champion?: number;
  onDecided: () => void;
}) {
  const { t, riskName } = useText();
  const { approval: a } = props;
  return (
    <div className="ml-decision" id={PANEL}>
      {a.state === 'waiting' && <FootBar approval={a} />}
      <Card
        title={t('approval.decision')}
        acts={
          <>
            {a.state === 'waiting' && (
              <span className="ml-s12 ml-3">
                <Age at={a.requestedAt} />
              </span>
            )}
            <State state={a.state} pill />
          </>
        }
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

/** On small screens the panel stands far down: a bar at the foot leads to it. */
function FootBar({ approval: a }: { approval: Approval }) {
  const { t } = useText();
  const format = useFormat();
  const { met, notMet, unknown } = countConditions(a.conditions);
  return (
    <div className="ml-decision-bar">
      <State state={foldConditions(a.conditions)}>
        {t('approvals.conditionsCount', {
          met: format.count(met),
          notMet: format.count(notMet),
          unknown: format.count(unknown),
        })}
      </State>
      <Button size="small" variant="primary" onPress={toPanel}>
        {t('approval.bar')}
      </Button>
    </div>
  );
}

/** Leads to the panel, and into its first field. */
function toPanel() {
  const panel = document.getElementById(PANEL);
  panel?.scrollIntoView({ block: 'start' });
  panel?.querySelector('textarea')?.focus({ preventScroll: true });
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
  const noReason =
    reason.trim().length < SHORTEST ? t('approval.needsReason') : undefined;
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
  const mayExcept = me.value.permissions['mlops.version.change'];
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
          {open && <OpenConditions items={a.conditions} />}
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
        <div>
          <Checkbox
            isSelected={exception}
            isDisabled={!mayExcept}
            onChange={setException}
          >
            {t('approval.exception')}
          </Checkbox>
          <p className="ml-s12 ml-3">
            {t(mayExcept ? 'approval.exceptionHelp' : 'approval.mayNotExcept')}
          </p>
        </div>
      )}
      <div className="ml-row wrap">
        <ActButton
          variant="primary"
          busy={busy}
          why={
            noReason ??
            (open && !exception ? t('approval.needsException') : undefined)
          }
          onPress={() => decide('approve')}
        >
          {t(
            open && exception
              ? 'approval.approveException'
              : 'approval.approve',
          )}
        </ActButton>
        <ActButton
          destructive
          busy={busy}
          why={noReason}
          onPress={() => decide('refuse')}
        >
          {t('approval.refuse')}
        </ActButton>
      </div>
      {open && !exception && (
        <p className="ml-s12 ml-3">{t('approval.needsException')}</p>
      )}
      {error && <ErrorNotice what={t('approval.decision')} error={error} act />}
      <p className="ml-s12 ml-3">
        <Actor
          of={me.value.actor}
          say={actor => t('approval.youAre', { actor })}
        />
      </p>
    </>
  );
}

function OpenConditions(props: { items: Approval['conditions'] }) {
  return (
    <ul className="ml-open-conditions">
      {props.items
        .filter(c => c.state !== 'met')
        .map(c => (
          <li key={c.condition}>
            <StateShape state={c.state} /> {c.condition}
          </li>
        ))}
    </ul>
  );
}

import { Link } from 'react-router-dom';
import { RiArrowGoBackLine, RiArrowRightLine } from '@remixicon/react';
import { Button } from '@backstage/ui';
import { EndpointDetail } from '@mlops-portal/plugin-mlops-common';
import { ReasonDialog } from '../components';
import { useFormat, useReasonedAct, useText } from '../hooks';
import { paths } from '../routes';
import { partsOf, versionBefore } from './parts';

interface ActProps {
  endpoint: EndpointDetail;
  onChanged: () => void;
}

/** Promote, which names what it waits for, and roll back, which is always there. */
export function TrafficActs(props: ActProps) {
  return (
    <>
      <RollBack {...props} />
      <Promote {...props} />
    </>
  );
}

function RollBack(props: ActProps) {
  const { t } = useText();
  const format = useFormat();
  const { endpoint } = props;
  const before = versionBefore(endpoint);
  const from = partsOf(endpoint)
    .map(p => `${p.label} ${format.percent(p.percent / 100)}`)
    .join(', ');
  const rollBack = useReasonedAct(
    (hub, { reason, signal }) =>
      hub.rollback({ name: endpoint.name, body: { reason } }, { signal }),
    props.onChanged,
  );
  return (
    <>
      <Button
        size="small"
        variant="secondary"
        destructive
        iconStart={<RiArrowGoBackLine size={16} />}
        onPress={rollBack.open}
      >
        {t('endpoint.rollback')}
      </Button>
      <ReasonDialog
        {...rollBack.dialog}
        title={t('endpoint.rollbackTitle', { name: endpoint.name })}
        changes={[
          before === undefined
            ? t('endpoint.rollbackUnknown', { name: endpoint.name })
            : t('endpoint.rollbackChange', {
                name: endpoint.name,
                from: from || t('changes.nothing'),
                to: `v${before}`,
              }),
          t('endpoint.rollbackStops'),
          t('endpoint.consumersReached', {
            list: endpoint.consumers.join(', ') || t('endpoint.noConsumers'),
          }),
        ]}
        confirm={t('endpoint.rollbackDo')}
        destructive
      />
    </>
  );
}

/** What the next step of the rollout waits for, in words. */
export function waitsFor(endpoint: EndpointDetail): string[] {
  const { rollout } = endpoint;
  if (!rollout) return [];
  return rollout.checks
    .filter(check => check.state !== 'met')
    .map(check =>
      check.detail ? `${check.condition} (${check.detail})` : check.condition,
    );
}

function Promote(props: ActProps) {
  const { t } = useText();
  const format = useFormat();
  const { endpoint } = props;
  const { rollout } = endpoint;
  const next = rollout?.steps[rollout.at + 1];
  const waits = rollout?.state === 'waiting-for-approval';
  const ready = rollout?.state === 'running' && next !== undefined;
  const promote = useReasonedAct(
    (hub, { reason, signal }) =>
      hub.promote(
        {
          name: endpoint.name,
          body: { reason, generation: endpoint.generation },
        },
        { signal },
      ),
    props.onChanged,
  );
  const percent = format.percent((next ?? 100) / 100);
  const missing = waitsFor(endpoint);
  let label = t('endpoint.promoteNothing');
  if (waits) label = t('endpoint.promoteApproval');
  else if (ready) label = t('endpoint.promoteTo', { percent });
  return (
    <>
      <Button
        size="small"
        variant="primary"
        iconStart={<RiArrowRightLine size={16} className="ml-mirror" />}
        isDisabled={!ready}
        onPress={promote.open}
      >
        {label}
      </Button>
      {rollout && (
        <ReasonDialog
          {...promote.dialog}
          title={t('endpoint.promoteTitle', {
            version: rollout.version,
            percent,
          })}
          changes={[
            t('endpoint.promoteChange', {
              version: rollout.version,
              name: endpoint.name,
              percent,
              now: format.percent((rollout.steps[rollout.at] ?? 0) / 100),
            }),
            ...(next === 100
              ? [t('endpoint.promoteLast', { version: rollout.version })]
              : []),
            ...(missing.length
              ? [`${t('endpoint.promoteWaits')} ${missing.join('; ')}`]
              : []),
          ]}
          confirm={t('endpoint.promote')}
        />
      )}
    </>
  );
}

/** Sentence under the acts: what Promote waits for, with the approval as link. */
export function WaitsLine(props: { endpoint: EndpointDetail }) {
  const { t } = useText();
  const { rollout } = props.endpoint;
  if (!rollout || !['running', 'waiting-for-approval'].includes(rollout.state))
    return null;
  const missing = [
    ...(rollout.state === 'waiting-for-approval'
      ? [t('state.waiting-for-approval')]
      : []),
    ...waitsFor(props.endpoint),
  ];
  if (!missing.length) return null;
  return (
    <p className="ml-s12 ml-2">
      {t('endpoint.waitsFor', { list: missing.join('; ') })}
      {rollout.approvalId && (
        <>
          {' '}
          <Link className="ml-link" to={paths.approval(rollout.approvalId)}>
            {t('endpoint.openApproval')}
          </Link>
        </>
      )}
    </p>
  );
}

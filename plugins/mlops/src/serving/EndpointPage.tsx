import { Fragment, ReactNode } from 'react';
import { useParams } from 'react-router-dom';
import { useEntity } from '@backstage/plugin-catalog-react';
import { EndpointDetail } from '@mlops-portal/plugin-mlops-common';
import {
  Age,
  LoadState,
  Page,
  State,
  StateShape,
  TabBody,
} from '../components';
import { EntityLink } from '../catalog/EntityLink';
import { loopNameOf } from '../catalog/names';
import { HubValue, useFormat, useNow, useText } from '../hooks';
import { useLoopTabs } from '../problems/useLoopTabs';
import { paths } from '../routes';
import { CallItCard } from './CallItCard';
import { ChangesCard } from './ChangesCard';
import { EndpointActs } from './EndpointActs';
import { RevisionLog } from './RevisionLog';
import { SeriesCard } from './SeriesCard';
import { TrafficCard } from './TrafficCard';
import { TryItCard } from './TryItCard';
import { useEndpoint } from './useEndpoint';
import './serving.css';

const STALE_MS = 60_000;

/** /ml/endpoints/:name: is it answering, and with which version? */
export function EndpointPage() {
  const { name = '' } = useParams();
  const hub = useEndpoint(name);
  return (
    <EndpointFrame
      name={name}
      hub={hub}
      acts={
        hub.value && (
          <EndpointActs endpoint={hub.value} onChanged={hub.refresh} />
        )
      }
    >
      <EndpointOverview name={name} hub={hub} />
    </EndpointFrame>
  );
}

/** Head and tabs of an endpoint; its overview and its monitoring stand in it. */
export function EndpointFrame(props: {
  name: string;
  hub: HubValue<EndpointDetail>;
  /** More beside the state, e.g. the health of monitoring. */
  state?: ReactNode;
  meta?: ReactNode;
  acts?: ReactNode;
  children: ReactNode;
}) {
  const { name, hub } = props;
  const { t } = useText();
  const tabs = useLoopTabs(name);
  const endpoint = hub.value;
  return (
    <Page
      title={name}
      crumbs={[{ title: t('noun.endpoints'), href: paths.endpoints() }]}
      state={
        <>
          {endpoint && <KnownState endpoint={endpoint} />}
          {props.state}
        </>
      }
      meta={
        <>
          {endpoint && <EndpointMeta endpoint={endpoint} />}
          {props.meta}
        </>
      }
      acts={props.acts}
      tabs={tabs}
    >
      {props.children}
    </Page>
  );
}

function EndpointMeta(props: { endpoint: EndpointDetail }) {
  const { t, riskName } = useText();
  const { endpoint } = props;
  return (
    <>
      {endpoint.url && <code>{endpoint.url}</code>}
      <span>
        {t('endpoint.engine')} <b>{endpoint.engine}</b>,{' '}
        <Answered at={endpoint.observedAt} />
      </span>
      <span>
        {t('endpoint.risk')} <b>{riskName(endpoint.riskClass)}</b>
      </span>
      <span>
        {t('endpoint.consumers')}{' '}
        {endpoint.consumers.map((consumer, i) => (
          <Fragment key={consumer}>
            {i > 0 && ', '}
            <EntityLink of={consumer} />
          </Fragment>
        ))}
        {!endpoint.consumers.length && <b>{t('endpoint.noConsumers')}</b>}
      </span>
    </>
  );
}

function Answered(props: { at?: string }) {
  useNow();
  const { t } = useText();
  const format = useFormat();
  if (!props.at) return <>{t('endpoint.neverAnswered')}</>;
  return (
    <span title={format.exact(props.at)}>
      {t('endpoint.answered', { age: format.ago(props.at) })}
    </span>
  );
}

/** The overview without its head; also the tab of the endpoint's entity page. */
export function EndpointOverview(props: {
  name: string;
  hub: HubValue<EndpointDetail>;
}) {
  const { t } = useText();
  const { name, hub } = props;
  return (
    <LoadState of={hub} what={t('endpoint.what', { name })} rows={8}>
      {endpoint => (
        <>
          <StaleEngine endpoint={endpoint} />
          {endpoint.reason && (
            <div className="ml-notice warn" role="status">
              <StateShape state={endpoint.state} />
              <div>{endpoint.reason}</div>
            </div>
          )}
          <SeriesCard name={name} />
          <div className="ml-wide start">
            <div className="ml-col ml-gap-16">
              <TrafficCard endpoint={endpoint} onChanged={hub.refresh} />
              <ChangesCard changes={endpoint.changes} />
              <RevisionLog endpoint={endpoint} />
            </div>
            <div className="ml-col ml-gap-16">
              <TryItCard endpoint={endpoint} />
              <CallItCard endpoint={endpoint} />
            </div>
          </div>
        </>
      )}
    </LoadState>
  );
}

/** Whether what is known of an endpoint is from a while ago: its engine has not answered since. */
function useStale({ state, observedAt }: EndpointDetail): boolean {
  const now = useNow();
  if (state === 'retired' || !observedAt) return false;
  return now - Date.parse(observedAt) >= STALE_MS;
}

/** State of an endpoint; unknown, with what it last was, once its engine has been silent. */
function KnownState(props: { endpoint: EndpointDetail }) {
  const { t, stateWord } = useText();
  const { state } = props.endpoint;
  const stale = useStale(props.endpoint);
  if (!stale) return <State state={state} pill />;
  return (
    <State state="unknown" pill>
      {t('endpoint.lastKnown', { state: stateWord(state).toLocaleLowerCase() })}
    </State>
  );
}

function StaleEngine(props: { endpoint: EndpointDetail }) {
  const { t } = useText();
  const format = useFormat();
  const { engine, observedAt } = props.endpoint;
  const stale = useStale(props.endpoint);
  if (!stale || !observedAt) return null;
  return (
    <div className="ml-notice" role="status">
      <StateShape state="unknown" />
      <div>{t('endpoint.stale', { engine, age: format.ago(observedAt) })}</div>
    </div>
  );
}

/** Endpoint as a tab of the entity page of the endpoint or of its problem. */
export function EntityEndpoint() {
  const { entity } = useEntity();
  const name = loopNameOf(entity);
  const hub = useEndpoint(name);
  return (
    <TabBody>
      {hub.value && (
        <div className="ml-row wrap">
          <KnownState endpoint={hub.value} />
          {hub.value.observedAt && (
            <span className="ml-s12 ml-3">
              <Age at={hub.value.observedAt} />
            </span>
          )}
          <span className="ml-push ml-row wrap">
            <EndpointActs endpoint={hub.value} onChanged={hub.refresh} />
          </span>
        </div>
      )}
      <EndpointOverview name={name} hub={hub} />
    </TabBody>
  );
}

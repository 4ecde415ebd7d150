import { useEntity } from '@backstage/plugin-catalog-react';
import { ButtonLink } from '@backstage/ui';
import { EndpointDetail } from '@mlops-portal/plugin-mlops-common';
import {
  Age,
  Card,
  EmptyState,
  Facts,
  LoadState,
  SplitBar,
  State,
  TabBody,
} from '../components';
import { useFormat, useText } from '../hooks';
import { paths } from '../routes';
import { partsOf } from '../serving/parts';
import { useEndpoint } from '../serving/useEndpoint';
import '../serving/serving.css';
import { loopNameOf } from './names';
import { NotYet } from './NotYet';

/** Is it answering, with which version, and where? */
export function EndpointCard() {
  const { entity } = useEntity();
  const { t } = useText();
  const name = loopNameOf(entity);
  const hub = useEndpoint(name);
  return (
    <TabBody>
      <NotYet
        of={hub}
        title={t('catalog.answering')}
        text={t('catalog.noEndpoint')}
      >
        <LoadState of={hub} what={t('endpoint.what', { name })} rows={5}>
          {endpoint => <Answering endpoint={endpoint} />}
        </LoadState>
      </NotYet>
    </TabBody>
  );
}

function Answering(props: { endpoint: EndpointDetail }) {
  const { t, riskName } = useText();
  const format = useFormat();
  const { endpoint } = props;
  const parts = partsOf(endpoint);
  const sum = (of: 'requests' | 'errors') =>
    format.count(endpoint.revisions.reduce((total, r) => total + r[of], 0));
  return (
    <Card
      title={t('catalog.answering')}
      sub={<State state={endpoint.state} pill />}
      acts={
        <ButtonLink
          href={paths.endpoint(endpoint.name)}
          size="small"
          variant="secondary"
        >
          {t('catalog.openEndpoint')}
        </ButtonLink>
      }
      flush
    >
      <div className="ml-traffic">
        {endpoint.reason && <p className="ml-2">{endpoint.reason}</p>}
        {parts.length ? (
          <SplitBar parts={parts} tall />
        ) : (
          <EmptyState title={t('traffic.none')} />
        )}
        <Facts
          items={[
            [t('catalog.url'), <code>{endpoint.url}</code>],
            [
              t('endpoints.traffic'),
              parts
                .map(p => `${p.label} ${format.percent(p.percent / 100, 1)}`)
                .join(', ') || t('common.none'),
            ],
            [t('endpoints.requests'), sum('requests')],
            [t('endpoints.errors'), sum('errors')],
            [t('endpoint.risk'), riskName(endpoint.riskClass)],
            endpoint.observedAt
              ? [t('endpoints.observed'), <Age at={endpoint.observedAt} />]
              : undefined,
          ]}
        />
      </div>
    </Card>
  );
}

import { Link } from 'react-router-dom';
import { Entity, RELATION_CONSUMES_API } from '@backstage/catalog-model';
import { useEntity, useRelatedEntities } from '@backstage/plugin-catalog-react';
import { ButtonLink } from '@backstage/ui';
import {
  EndpointDetail,
  TYPE_ENDPOINT,
} from '@mlops-portal/plugin-mlops-common';
import {
  Age,
  Card,
  EmptyState,
  ErrorNotice,
  Facts,
  LoadState,
  State,
  TabBody,
} from '../components';
import { useFormat, useText } from '../hooks';
import { paths } from '../routes';
import { partsOf } from '../serving/parts';
import { useEndpoint } from '../serving/useEndpoint';
import { EntityLink } from './EntityLink';
import { loopNameOf } from './names';
import { NotYet } from './NotYet';

/** What does this application call, and is it answered? One card for each endpoint that it consumes. */
export function ApplicationCard() {
  const { entity } = useEntity();
  const { t } = useText();
  const { entities, loading, error } = useRelatedEntities(entity, {
    type: RELATION_CONSUMES_API,
    kind: 'API',
  });
  if (loading) return null;
  const title = t('catalog.calls');
  const endpoints = (entities ?? []).filter(
    ({ spec }) => spec?.type === TYPE_ENDPOINT,
  );
  if (error || !endpoints.length) {
    return (
      <TabBody>
        <Card title={title} flush={!error}>
          {error ? (
            <ErrorNotice what={title} error={error} />
          ) : (
            <EmptyState title={t('catalog.callsNothing')}>
              {t('catalog.callsNothingText')}
            </EmptyState>
          )}
        </Card>
      </TabBody>
    );
  }
  return (
    <TabBody>
      {endpoints.map(api => (
        <Called key={api.metadata.name} api={api} />
      ))}
    </TabBody>
  );
}

function Called(props: { api: Entity }) {
  const { t } = useText();
  const name = loopNameOf(props.api);
  const hub = useEndpoint(name);
  return (
    <NotYet of={hub} title={t('catalog.calls')} text={t('catalog.notAnswered')}>
      <LoadState of={hub} what={t('endpoint.what', { name })} rows={4}>
        {endpoint => <Answered api={props.api} endpoint={endpoint} />}
      </LoadState>
    </NotYet>
  );
}

function Answered(props: { api: Entity; endpoint: EndpointDetail }) {
  const { t } = useText();
  const format = useFormat();
  const { api, endpoint } = props;
  const parts = partsOf(endpoint);
  const sum = (of: 'requests' | 'errors') =>
    format.count(endpoint.revisions.reduce((total, r) => total + r[of], 0));
  return (
    <Card
      title={t('catalog.calls')}
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
    >
      {endpoint.reason && <p className="ml-2">{endpoint.reason}</p>}
      <Facts
        items={[
          [
            t('noun.endpoint'),
            <EntityLink
              of={`api:${api.metadata.namespace ?? 'default'}/${
                api.metadata.name
              }`}
            />,
          ],
          [t('catalog.url'), <code dir="ltr">{endpoint.url}</code>],
          [
            t('catalog.answersWith'),
            parts.length ? (
              <Link
                className="ml-link"
                to={paths.version(endpoint.model, Number(parts[0].version))}
              >
                {parts
                  .map(p => `${p.label} ${format.percent(p.percent / 100, 1)}`)
                  .join(', ')}
              </Link>
            ) : (
              t('traffic.none')
            ),
          ],
          [t('endpoints.requests'), sum('requests')],
          [t('endpoints.errors'), sum('errors')],
          endpoint.observedAt
            ? [t('endpoints.observed'), <Age at={endpoint.observedAt} />]
            : undefined,
        ]}
      />
    </Card>
  );
}

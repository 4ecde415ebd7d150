import {
  Entity,
  RELATION_CONSUMES_API,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { useEntity, useRelatedEntities } from '@backstage/plugin-catalog-react';
import { TYPE_ENDPOINT } from '@mlops-portal/plugin-mlops-common';
import {
  Card,
  EmptyState,
  ErrorNotice,
  LoadState,
  TabBody,
} from '../components';
import { useText } from '../hooks';
import { useEndpoint } from '../serving/useEndpoint';
import { AnsweringCard } from './AnsweringCard';
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
        {endpoint => (
          <AnsweringCard
            title={t('catalog.calls')}
            endpoint={endpoint}
            of={stringifyEntityRef(props.api)}
          />
        )}
      </LoadState>
    </NotYet>
  );
}

import { useMemo } from 'react';
import { RiDownloadLine } from '@remixicon/react';
import { ButtonLink, SearchField } from '@backstage/ui';
import { discoveryApiRef, useApi } from '@backstage/frontend-plugin-api';
import {
  mlopsRoutes,
  openApiDocument,
} from '@mlops-portal/plugin-mlops-common';
import { Card, EmptyState, LoadState, Page, PlainTable } from '../components';
import { useFormat, useHub, useQueryState, useText } from '../hooks';
import {
  Operation,
  Schema,
  curlOf,
  operationsOf,
  typeName,
} from './operations';

/** /ml/api: every route of the hub, from the route table that the hub itself checks requests with. */
export function ApiPage() {
  const { t } = useText();
  const discovery = useApi(discoveryApiRef);
  const server = useHub(() => discovery.getBaseUrl('mlops'), ['server']);
  return (
    <LoadedPage>
      <LoadState of={server} what={t('api.title')}>
        {url => <Operations server={url} />}
      </LoadState>
    </LoadedPage>
  );
}

function LoadedPage(props: { children: JSX.Element }) {
  const { t } = useText();
  return <Page title={t('api.title')}>{props.children}</Page>;
}

function Operations(props: { server: string }) {
  const { t } = useText();
  const format = useFormat();
  const { server } = props;
  const [text, setText] = useQueryState('q');
  const document = useMemo(
    () => openApiDocument(mlopsRoutes, server),
    [server],
  );
  const operations = useMemo(() => operationsOf(document), [document]);
  const shown = operations.filter(op =>
    `${op.path} ${op.id} ${op.summary}`
      .toLowerCase()
      .includes(text.trim().toLowerCase()),
  );
  const tags = [...new Set(shown.map(op => op.tag))];
  const file = useMemo(
    () =>
      `data:application/json;charset=utf-8,${encodeURIComponent(
        JSON.stringify(document, null, 2),
      )}`,
    [document],
  );
  return (
    <>
      <p className="ml-2">{t('api.sub', { server })}</p>
      <div className="ml-tools" role="search">
        <SearchField
          size="small"
          aria-label={t('api.search')}
          placeholder={t('api.search')}
          value={text}
          onChange={setText}
        />
        <span className="ml-s12 ml-3">
          {t('api.operations', { n: format.count(shown.length) })}
        </span>
        <span className="ml-push">
          <ButtonLink
            size="small"
            variant="secondary"
            href={file}
            download="openapi.json"
            iconStart={<RiDownloadLine size={16} />}
          >
            {t('api.document')}
          </ButtonLink>
        </span>
      </div>
      {shown.length === 0 && <EmptyState title={t('common.nothingMatches')} />}
      <div className="ml-api">
        <nav aria-label={t('api.tags')}>
          {tags.map(tag => (
            <a key={tag} href={`#api-${tag}`}>
              {tag}
              <span className="ml-push ml-3">
                {format.count(shown.filter(op => op.tag === tag).length)}
              </span>
            </a>
          ))}
        </nav>
        <div className="ml-col ml-gap-16">
          {tags.map(tag => (
            <div key={tag} id={`api-${tag}`}>
              <Card title={tag} flush>
                {shown
                  .filter(op => op.tag === tag)
                  .map(op => (
                    <OperationDetails
                      key={op.id}
                      operation={op}
                      server={server}
                    />
                  ))}
              </Card>
            </div>
          ))}
        </div>
      </div>
    </>
  );
}

function OperationDetails(props: { operation: Operation; server: string }) {
  const { t } = useText();
  const { operation: op } = props;
  return (
    <details>
      <summary>
        <span className={`ml-method ${op.method}`}>{op.method}</span>
        <code>{op.path}</code>
        <span className="ml-s12 ml-2">{op.summary}</span>
      </summary>
      <div>
        <p className="ml-s12 ml-2">
          <code>{op.id}</code>, {t('api.permission', { name: op.permission })}
        </p>
        {op.parameters.length > 0 && (
          <PlainTable
            label={t('api.parameters')}
            columns={[
              t('api.name'),
              t('api.in'),
              t('api.type'),
              t('api.required'),
            ]}
            rows={op.parameters.map(p => [
              <code key="name">{p.name}</code>,
              p.in,
              <code key="type">{typeName(p.schema)}</code>,
              t(p.required ? 'common.yes' : 'common.no'),
            ])}
          />
        )}
        {op.body && <SchemaView title={t('api.body')} schema={op.body} />}
        {op.answer && <SchemaView title={t('api.answer')} schema={op.answer} />}
        <div>
          <h3>{t('api.example')}</h3>
          <pre className="ml-log">{curlOf(props.server, op)}</pre>
        </div>
      </div>
    </details>
  );
}

function SchemaView(props: { title: string; schema: Schema }) {
  return (
    <details>
      <summary>
        <h3>{props.title}</h3>
        <code className="ml-3">{typeName(props.schema)}</code>
      </summary>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling area must be reachable by keyboard */}
      <pre className="ml-log" tabIndex={0}>
        {JSON.stringify(props.schema, null, 2)}
      </pre>
    </details>
  );
}

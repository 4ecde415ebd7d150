import { RiExternalLinkLine, RiRefreshLine } from '@remixicon/react';
import { Button } from '@backstage/ui';
import { EngineStatus } from '@mlops-portal/plugin-mlops-common';
import {
  Actor,
  Age,
  Card,
  DataColumn,
  DataTable,
  EmptyState,
  ErrorNotice,
  Facts,
  Figure,
  FigureStrip,
  LoadState,
  Page,
  State,
  StateShape,
  compareUrgency,
} from '../components';
import { useAct, useFormat, useHub, useText } from '../hooks';

const REFRESH_MS = 10_000;

import { Capabilities } from './Capabilities';
import { WorkStrip } from './WorkStrip';

/** /ml/platform: is the machinery well? */
export function PlatformPage() {
  const { t } = useText();
  const hub = useHub(
    (client, signal) => client.listEngines({ signal }),
    ['platform'],
    {
      refreshMs: REFRESH_MS,
    },
  );
  const { act, busy, error } = useAct();
  const recheck = async () => {
    await act((client, signal) =>
      client.recheckEngines({ body: {} }, { signal }),
    );
    hub.refresh();
  };
  return (
    <Page
      title={t('platform.title')}
      acts={
        <Button
          size="small"
          variant="secondary"
          isPending={busy}
          iconStart={<RiRefreshLine size={16} />}
          onPress={recheck}
        >
          {t('platform.recheck')}
        </Button>
      }
    >
      {error && <ErrorNotice what={t('platform.recheck')} error={error} act />}
      <LoadState of={hub} what={t('platform.engines')} rows={6}>
        {({ items }) => <Engines items={items} />}
      </LoadState>
      <Me />
    </Page>
  );
}

function Engines(props: { items: EngineStatus[] }) {
  const { t } = useText();
  const format = useFormat();
  const columns = useEngineColumns();
  const items = [...props.items].sort((a, b) =>
    compareUrgency(a.state, b.state),
  );
  const count = (state: EngineStatus['state']) =>
    items.filter(e => e.state === state).length;
  const silent = items.length - count('answering');
  return (
    <>
      {items.length > 0 && (
        <>
          <div className={`ml-notice ${silent ? 'warn' : ''}`} role="status">
            <StateShape state={silent ? 'drift' : 'well'} />
            <div>
              {silent
                ? t('platform.someDoNot', {
                    n: format.count(silent),
                    total: format.count(items.length),
                  })
                : t('platform.allAnswer')}
            </div>
          </div>
          <FigureStrip label={t('platform.state')}>
            <Figure
              label={<State state="answering">{t('platform.answering')}</State>}
              value={format.count(count('answering'))}
            />
            <Figure
              label={
                <State state="not-answering">
                  {t('platform.notAnswering')}
                </State>
              }
              value={format.count(count('not-answering'))}
            />
            <Figure
              label={<State state="unknown">{t('platform.unknown')}</State>}
              value={format.count(count('unknown'))}
            />
          </FigureStrip>
        </>
      )}
      <WorkStrip />
      <Card title={t('platform.engines')} sub={t('platform.enginesSub')} flush>
        <DataTable
          label={t('platform.engines')}
          columns={columns}
          rows={items}
          rowKey={e => `${e.contract}/${e.id}`}
          empty={
            <EmptyState title={t('platform.emptyTitle')}>
              {t('platform.emptyText')}
            </EmptyState>
          }
        />
      </Card>
    </>
  );
}

function useEngineColumns(): DataColumn<EngineStatus>[] {
  const { t, stateWord } = useText();
  const format = useFormat();
  const none = <span className="ml-3">{t('common.none')}</span>;
  return [
    {
      id: 'engine',
      title: t('platform.engine'),
      cell: e => (
        <>
          <b style={{ fontWeight: 500 }}>{e.title}</b>
          <div className="ml-s11 ml-3">
            <bdi dir="ltr">{e.id}</bdi>
            {e.version && ` ${e.version}`}
          </div>
        </>
      ),
    },
    { id: 'contract', title: t('platform.contract'), cell: e => e.contract },
    {
      id: 'state',
      title: t('platform.state'),
      wrap: true,
      cell: e => (
        <>
          <State state={e.state} />
          {e.reason && <div className="ml-s11 ml-2">{e.reason}</div>}
        </>
      ),
    },
    {
      id: 'breaker',
      title: t('platform.breaker'),
      cell: e => <State state={e.breaker}>{stateWord(e.breaker)}</State>,
    },
    {
      id: 'contact',
      title: t('platform.lastContact'),
      cell: e =>
        e.lastContact ? <Age at={e.lastContact} /> : t('common.never'),
    },
    {
      id: 'latency',
      title: t('platform.latency'),
      end: true,
      cell: e =>
        e.latencyMs === undefined
          ? none
          : `${format.count(e.latencyMs)} ${t('unit.ms')}`,
    },
    {
      id: 'capabilities',
      title: t('platform.capabilities'),
      wrap: true,
      cell: e => (
        <span className="ml-row wrap" style={{ gap: 4 }}>
          <Capabilities of={e.capabilities} />
          {e.links.map(link => (
            <a key={link.url} className="ml-link" href={link.url}>
              <RiExternalLinkLine size={12} aria-hidden />{' '}
              {t('platform.open', { title: link.title })}
            </a>
          ))}
        </span>
      ),
    },
  ];
}

function Me() {
  const { t } = useText();
  const hub = useHub((client, signal) => client.whoAmI({ signal }), ['whoami']);
  if (!hub.value) return null;
  const { permissions, onePerson } = hub.value;
  const names = (may: boolean) =>
    Object.entries(permissions)
      .filter(([, allowed]) => allowed === may)
      .map(([name]) => <code key={name}>{name} </code>);
  return (
    <Card title={t('platform.you')}>
      <Facts
        items={[
          [
            t('platform.actor'),
            <b>
              <Actor of={hub.value.actor} />
            </b>,
          ],
          [t('platform.may'), names(true)],
          names(false).length
            ? [t('platform.mayNot'), names(false)]
            : undefined,
          onePerson
            ? [t('noun.approvals'), t('platform.onePerson')]
            : undefined,
        ]}
      />
    </Card>
  );
}

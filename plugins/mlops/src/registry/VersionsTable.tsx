import { useState } from 'react';
import { Link, useNavigate } from 'react-router-dom';
import { Button } from '@backstage/ui';
import { Version } from '@mlops-portal/plugin-mlops-common';
import {
  Age,
  Card,
  CsvButton,
  DataColumn,
  DataTable,
  EmptyState,
  LoadState,
  State,
  usePaged,
} from '../components';
import { useFormat, useText } from '../hooks';
import { paths } from '../routes';

const CSV_COLUMNS = [
  'model',
  'version',
  'aliases',
  'state',
  'stage',
  'metric',
  'value',
  'test_rows',
  'train_from',
  'train_to',
  'commit',
  'run',
  'approval',
  'created_at',
];

/** All versions of a model, newest first; two or more that are ticked can be compared. */
export function VersionsTable(props: { model: string }) {
  const { t } = useText();
  const format = useFormat();
  const navigate = useNavigate();
  const columns = useVersionColumns();
  const [chosen, setChosen] = useState<Set<string>>(new Set());
  const { hub, paging } = usePaged(
    (client, page, signal) =>
      client.listVersions({ name: props.model, ...page }, { signal }),
    ['versions', props.model],
    { refreshMs: 15_000 },
  );
  const versions = [...chosen].map(Number).sort((a, b) => a - b);
  const ready = versions.length >= 2 && versions.length <= 5;
  return (
    <Card
      title={t('model.versionsTitle')}
      sub={hub.value && t('model.inAll', { n: format.count(hub.value.total) })}
      acts={
        <>
          {!ready && (
            <span className="ml-s12 ml-3">{t('model.compareTwo')}</span>
          )}
          <CsvButton
            name={`${props.model}-versions`}
            rows={() => [CSV_COLUMNS, ...(hub.value?.items ?? []).map(csvRow)]}
          />
          <Button
            size="small"
            variant="secondary"
            isDisabled={!ready}
            onPress={() => navigate(paths.compare(props.model, versions))}
          >
            {ready
              ? t('model.compareChosen', {
                  versions: versions.map(v => `v${v}`).join(', '),
                })
              : t('model.compare')}
          </Button>
        </>
      }
      flush
    >
      <LoadState of={hub} what={t('model.versionsTitle')}>
        {({ items }) => (
          <DataTable
            label={t('model.versionsTitle')}
            columns={columns}
            rows={items}
            rowKey={v => String(v.version)}
            paging={paging}
            selection={{
              mode: 'multiple',
              behavior: 'toggle',
              selected: chosen,
              onSelectionChange: keys =>
                setChosen(
                  new Set(
                    keys === 'all'
                      ? items.map(v => String(v.version))
                      : [...keys].map(String),
                  ),
                ),
            }}
            empty={
              <EmptyState title={t('model.noVersions')}>
                {t('model.noVersionsText')}
              </EmptyState>
            }
          />
        )}
      </LoadState>
    </Card>
  );
}

function csvRow(v: Version) {
  return [
    v.model,
    v.version,
    v.aliases.join(' '),
    v.state,
    v.stage,
    v.primary?.name,
    v.primary?.value,
    v.test?.rows,
    v.train?.from,
    v.train?.to,
    v.commit,
    v.runId,
    v.approval,
    v.createdAt,
  ];
}

function useVersionColumns(): DataColumn<Version>[] {
  const { t, metricName, stageName } = useText();
  const format = useFormat();
  const none = <span className="ml-3">{t('common.none')}</span>;
  return [
    {
      id: 'version',
      title: t('model.version'),
      cell: v => (
        <span className="ml-row" style={{ gap: 6 }}>
          <Link
            to={paths.version(v.model, v.version)}
            style={{ fontWeight: 600 }}
          >
            v{v.version}
          </Link>
          {v.aliases.map(alias => (
            <span key={alias} className="ml-tag accent">
              @{alias}
            </span>
          ))}
        </span>
      ),
    },
    {
      id: 'state',
      title: t('model.state'),
      cell: v => <State state={v.state} />,
    },
    { id: 'stage', title: t('model.stage'), cell: v => stageName(v.stage) },
    {
      id: 'metric',
      title: t('model.metric'),
      end: true,
      cell: v =>
        v.primary ? (
          <>
            <b>{format.metric(v.primary.value)}</b>{' '}
            <span className="ml-s11 ml-3">{metricName(v.primary.name)}</span>
          </>
        ) : (
          none
        ),
    },
    {
      id: 'n',
      title: 'n',
      end: true,
      cell: v => (v.test ? format.count(v.test.rows) : none),
    },
    {
      id: 'data',
      title: t('model.data'),
      cell: v => (v.train && format.window(v.train.from, v.train.to)) || none,
    },
    {
      id: 'commit',
      title: t('model.commit'),
      cell: v => (v.commit ? <code>{v.commit.slice(0, 7)}</code> : none),
    },
    {
      id: 'run',
      title: t('model.run'),
      cell: v =>
        v.runId ? (
          <Link className="ml-link" to={paths.run(v.runId)}>
            #{v.runNumber}
          </Link>
        ) : (
          none
        ),
    },
    {
      id: 'approval',
      title: t('model.approval'),
      cell: v => (v.approval ? <State state={v.approval} /> : none),
    },
    {
      id: 'endpoint',
      title: t('model.endpoint'),
      cell: v =>
        v.traffic.length
          ? v.traffic.map(x => (
              <Link key={x.endpoint} to={paths.endpoint(x.endpoint)}>
                {x.endpoint} {format.percent(x.percent / 100, 1)}
              </Link>
            ))
          : none,
    },
    {
      id: 'made',
      title: t('model.made'),
      end: true,
      cell: v => <Age at={v.createdAt} />,
    },
  ];
}

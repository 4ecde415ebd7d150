import { useState } from 'react';
import { Link } from 'react-router-dom';
import { RiFileCopyLine } from '@remixicon/react';
import { Button } from '@backstage/ui';
import {
  DatasetDetail,
  DatasetVersion,
} from '@mlops-portal/plugin-mlops-common';
import {
  Age,
  Card,
  CsvButton,
  DataColumn,
  DataTable,
  Paging,
} from '../components';
import { useFormat, useText } from '../hooks';
import { paths } from '../routes';
import { useSelection } from './useSelection';

const SHOWN_DIGEST = 12;
const CSV_COLUMNS = [
  'id',
  'digest',
  'source',
  'reader',
  'from',
  'to',
  'rows',
  'columns',
  'schema changes',
  'first read',
  'last read',
  'run',
];

/** Which states of the data were read; a row is chosen to see its columns, another one to compare it with. */
export function VersionsCard(props: {
  dataset: DatasetDetail;
  versions: DatasetVersion[];
  /** Id of the version whose columns are shown. */
  shown: string;
  paging: Paging;
}) {
  const { t } = useText();
  const { dataset, versions, shown } = props;
  const columns = useColumns(shown);
  const current =
    versions.find(({ id }) => id === shown) ?? dataset.lastVersion;
  return (
    <Card
      title={t('data.versions')}
      sub={t('data.versionsSub')}
      acts={
        <>
          {current && <CopyReference version={current} />}
          <CsvButton
            name={`${dataset.name}-versions`}
            rows={() => [
              CSV_COLUMNS,
              ...versions.map(v => [
                v.id,
                v.digest,
                v.source,
                v.reader,
                v.window.from,
                v.window.to,
                v.window.rows,
                v.columns,
                v.schemaChanges,
                v.firstSeen,
                v.lastSeen,
                v.run.id,
              ]),
            ]}
          />
        </>
      }
      flush
    >
      <DataTable
        label={t('data.versions')}
        columns={columns}
        rows={versions}
        rowKey={v => v.id}
        paging={props.paging}
      />
    </Card>
  );
}

function CopyReference(props: { version: DatasetVersion }) {
  const { t } = useText();
  const [copied, setCopied] = useState(false);
  const { source, digest } = props.version;
  return (
    <Button
      size="small"
      variant="tertiary"
      iconStart={<RiFileCopyLine size={16} />}
      aria-description={t('data.referenceHint')}
      onPress={async () => {
        await navigator.clipboard.writeText(`${source}@${digest}`);
        setCopied(true);
      }}
    >
      {t(copied ? 'common.copied' : 'data.copyReference')}
    </Button>
  );
}

function useColumns(shown: string): DataColumn<DatasetVersion>[] {
  const { t } = useText();
  const format = useFormat();
  const { compare, linkTo } = useSelection();
  const none = <span className="ml-3">{t('common.none')}</span>;
  const changes = (n: number | null) => {
    if (n === null) return t('data.changes_first');
    return n
      ? t('data.changes_n', { n: format.count(n) })
      : t('data.changes_none');
  };
  return [
    {
      id: 'window',
      title: t('data.window'),
      cell: v => (
        <Link
          to={linkTo({ version: v.id, compare: undefined })}
          aria-current={v.id === shown ? 'true' : undefined}
          style={{ fontWeight: v.id === shown ? 600 : 500 }}
        >
          {format.window(v.window.from, v.window.to) || t('data.noWindow')}
        </Link>
      ),
    },
    {
      id: 'rows',
      title: t('data.rows'),
      end: true,
      cell: v => (v.window.rows === null ? none : format.count(v.window.rows)),
    },
    {
      id: 'digest',
      title: t('data.digest'),
      cell: v => (
        <code title={v.digest}>{v.digest.slice(0, SHOWN_DIGEST)}</code>
      ),
    },
    {
      id: 'changes',
      title: t('data.changes'),
      cell: v => (
        <span className={v.schemaChanges ? 'ml-warn' : 'ml-2'}>
          {changes(v.schemaChanges)}
        </span>
      ),
    },
    {
      id: 'run',
      title: t('data.run'),
      cell: v =>
        v.run.number === undefined ? (
          <bdi dir="ltr" className="ml-3">
            {v.reader}
          </bdi>
        ) : (
          <Link className="ml-link" to={paths.run(v.run.id)}>
            <bdi dir="ltr">{v.reader}</bdi> #{v.run.number}
          </Link>
        ),
    },
    {
      id: 'read',
      title: t('data.read'),
      end: true,
      cell: v => <Age at={v.lastSeen} />,
    },
    {
      id: 'act',
      title: t('data.act'),
      cell: v => {
        if (v.id === shown)
          return <span className="ml-tag">{t('data.shown')}</span>;
        const on = v.id === compare;
        return (
          <Link
            className="ml-link"
            to={linkTo({ version: shown, compare: on ? undefined : v.id })}
            title={t('data.compareHint')}
          >
            {t(on ? 'data.stopCompare' : 'data.compareWith')}
          </Link>
        );
      },
    },
  ];
}

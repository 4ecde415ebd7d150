import { Link } from 'react-router-dom';
import {
  DatasetColumn,
  DatasetVersionDetail,
} from '@mlops-portal/plugin-mlops-common';
import {
  Card,
  CsvButton,
  DataColumn,
  DataTable,
  EmptyState,
} from '../components';
import { useFormat, useText } from '../hooks';
import { paths } from '../routes';
import { ColumnPanel } from './ColumnPanel';
import { Change, useColumnText } from './columnText';
import { Histogram } from './Histogram';
import { useSelection } from './useSelection';

/** Columns of one version: changes against the version before, what is in each; the chosen one large. */
export function SchemaCard(props: { version: DatasetVersionDetail }) {
  const { t } = useText();
  const format = useFormat();
  const { version } = props;
  const { column } = useSelection();
  const columns = useColumns(version);
  const chosen = version.schema.find(({ name }) => name === column);
  const { rows } = version.window;
  const count = format.count(version.columns ?? 0);
  const sub =
    rows === null
      ? t('data.schemaSubNoRows', { columns: count })
      : t('data.schemaSub', { columns: count, rows: format.count(rows) });
  return (
    <>
      {version.ignored.length > 0 && <Ignored of={version} />}
      {chosen && <ColumnPanel column={chosen} rows={rows} />}
      <Card
        title={t('data.schema')}
        sub={
          version.schemaChanges
            ? `${sub}; ${t('data.schemaChanged', {
                n: format.count(version.schemaChanges),
              })}`
            : sub
        }
        acts={<ColumnsCsv version={version} />}
        foot={<Trained of={version} />}
        flush
      >
        <Missing of={version} />
        <DataTable
          label={t('data.schema')}
          columns={columns}
          rows={version.schema}
          rowKey={c => c.name}
          empty={
            <EmptyState title={t('data.noSchema')}>
              {t('data.noSchemaText')}
            </EmptyState>
          }
        />
      </Card>
    </>
  );
}

/** Says why there are no histograms. */
function Missing(props: { of: DatasetVersionDetail }) {
  const { t } = useText();
  const { schema, profiled } = props.of;
  if (!schema.length) return null;
  const drawn = schema.some(
    ({ profile }) => profile?.histogram || profile?.top,
  );
  if (drawn) return null;
  return (
    <p className="ml-2 ml-s12 ml-pad">
      {t(profiled ? 'data.onlyFigures' : 'data.noProfile')}
    </p>
  );
}

function Ignored(props: { of: DatasetVersionDetail }) {
  const { t } = useText();
  const format = useFormat();
  const { ignored } = props.of;
  return (
    <details className="ml-notice" role="note">
      <summary>
        {t('data.ignored', {
          n: format.count(ignored.length),
          count: ignored.length,
        })}
      </summary>
      <ul>
        {ignored.map(({ field, reason }) => (
          <li key={field}>
            <code>{field}</code> {reason}
          </li>
        ))}
      </ul>
    </details>
  );
}

function Trained(props: { of: DatasetVersionDetail }) {
  const { t } = useText();
  const { trained } = props.of;
  return (
    <span className="ml-row wrap">
      {t('data.trained')}:
      {trained.length === 0 && (
        <span className="ml-3">{t('data.trainedNone')}</span>
      )}
      {trained.map(({ model, version, aliases }) => (
        <Link
          key={`${model} ${version}`}
          className="ml-link"
          to={paths.version(model, version)}
        >
          <bdi dir="ltr">{model}</bdi> v{version}
          {aliases.map(alias => ` @${alias}`)}
        </Link>
      ))}
    </span>
  );
}

function ColumnsCsv(props: { version: DatasetVersionDetail }) {
  const { schema, digest } = props.version;
  return (
    <CsvButton
      name={`columns-${digest.slice(0, 12)}`}
      rows={() => [
        [
          'name',
          'type',
          'role',
          'change',
          'before',
          'nulls',
          'distinct',
          'min',
          'max',
          'mean',
        ],
        ...schema.map(c => [
          c.name,
          c.type,
          c.role,
          c.change,
          c.before,
          c.profile?.nulls,
          c.profile?.distinct,
          c.profile?.min,
          c.profile?.max,
          c.profile?.mean,
        ]),
      ]}
    />
  );
}

function useColumns(
  version: DatasetVersionDetail,
): DataColumn<DatasetColumn>[] {
  const { t, say } = useText();
  const { column, linkTo } = useSelection();
  const text = useColumnText(version.window.rows);
  const none = <span className="ml-3">{t('common.none')}</span>;
  return [
    {
      id: 'column',
      title: t('data.column'),
      cell: c => (
        <div>
          <Link
            to={linkTo({ column: c.name === column ? undefined : c.name })}
            aria-current={c.name === column ? 'true' : undefined}
            style={{ fontWeight: 500 }}
          >
            <bdi>{c.name}</bdi>
          </Link>{' '}
          {c.change && <Change of={c} />}
          <div className="ml-s11 ml-3">
            <bdi dir="ltr">{c.type}</bdi>
            {c.role && ` · ${say(`role.${c.role}`)}`}
          </div>
        </div>
      ),
    },
    {
      id: 'distribution',
      title: t('data.distribution'),
      cell: c =>
        c.profile ? (
          <Histogram name={c.name} profile={c.profile} type={c.type} />
        ) : (
          none
        ),
    },
    {
      id: 'nulls',
      title: t('data.nulls'),
      end: true,
      cell: c => text.nulls(c) ?? none,
    },
    {
      id: 'distinct',
      title: t('data.distinct'),
      end: true,
      cell: c => text.distinct(c) ?? none,
    },
    {
      id: 'range',
      title: t('data.range'),
      end: true,
      cell: c => text.range(c) ?? none,
    },
    {
      id: 'mean',
      title: t('data.mean'),
      end: true,
      cell: c => text.mean(c) ?? none,
    },
  ];
}

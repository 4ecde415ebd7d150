import { Link } from 'react-router-dom';
import { Entity } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import {
  MLDatasetEntity,
  MlopsApiError,
  Version,
} from '@mlops-portal/plugin-mlops-common';
import {
  Age,
  Card,
  DataColumn,
  DataTable,
  EmptyState,
  Facts,
  LoadState,
  TabBody,
} from '../components';
import { useFormat, useHub, useText } from '../hooks';
import { paths } from '../routes';
import { modelsTrainedOn } from './names';

const NEWEST = 20;
const SHOWN_DIGEST = 12;

/** Where this data is, who uses it, and in which states it was read. */
export function DatasetCard() {
  const { entity } = useEntity();
  return (
    <TabBody>
      <Source entity={entity} />
      <Uses models={modelsTrainedOn(entity)} />
    </TabBody>
  );
}

function Source(props: { entity: Entity }) {
  const { t, say } = useText();
  const { spec } = props.entity as MLDatasetEntity;
  return (
    <Card title={t('catalog.source')}>
      <Facts
        items={[
          [
            t('catalog.uri'),
            <>
              <code>{spec.source?.uri}</code>{' '}
              <span className="ml-3">{spec.source?.platform}</span>
            </>,
          ],
          spec.format ? [t('catalog.format'), spec.format] : undefined,
          [
            t('catalog.classification'),
            say(
              `classification.${spec.classification}`,
              {},
              spec.classification,
            ),
          ],
          [
            t('catalog.personalData'),
            t(spec.personalData ? 'catalog.yes' : 'catalog.no'),
          ],
        ]}
      />
    </Card>
  );
}

function Uses(props: { models: string[] }) {
  const { t } = useText();
  const format = useFormat();
  const columns = useColumns();
  const { models } = props;
  const hub = useHub(
    async (client, signal) => {
      const lists = await Promise.all(
        models.map(name =>
          client.listVersions({ name, limit: NEWEST }, { signal }).catch(none),
        ),
      );
      return lists.flatMap(({ items }) => items);
    },
    ['trained-on', models],
    { refreshMs: 30_000 },
  );
  return (
    <LoadState of={hub} what={t('catalog.usedBy')} rows={5}>
      {versions => (
        <Card
          title={t('catalog.usedBy')}
          sub={
            models.length > 0 &&
            t('catalog.uses', {
              versions: format.count(versions.length),
              models: models.join(', '),
              states: format.count(digestsOf(versions).size),
            })
          }
          flush
        >
          <DataTable
            label={t('catalog.usedBy')}
            columns={columns}
            rows={versions}
            rowKey={v => `${v.model}/${v.version}`}
            empty={
              <EmptyState
                title={t(
                  models.length ? 'catalog.noVersions' : 'catalog.noModels',
                )}
              >
                {t('catalog.noUseText')}
              </EmptyState>
            }
          />
        </Card>
      )}
    </LoadState>
  );
}

/** A model that is in the catalog may have no version yet. */
function none(error: unknown): { items: Version[] } {
  if (error instanceof MlopsApiError && error.status === 404)
    return { items: [] };
  throw error;
}

function digestsOf(versions: Version[]): Set<string> {
  return new Set(versions.flatMap(v => (v.dataVersion ? [v.dataVersion] : [])));
}

function useColumns(): DataColumn<Version>[] {
  const { t } = useText();
  const format = useFormat();
  const unknown = <span className="ml-3">{t('common.none')}</span>;
  const rows = (part: Version['train']) =>
    part ? format.count(part.rows) : unknown;
  return [
    {
      id: 'version',
      title: t('catalog.version'),
      cell: v => (
        <span className="ml-row" style={{ gap: 6 }}>
          <Link
            to={paths.version(v.model, v.version)}
            style={{ fontWeight: 500 }}
          >
            <bdi dir="ltr">{v.model}</bdi> v{v.version}
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
      id: 'train',
      title: t('catalog.trainedOn'),
      cell: v =>
        (v.train && format.window(v.train.from, v.train.to)) || unknown,
    },
    {
      id: 'trainRows',
      title: t('catalog.trainRows'),
      end: true,
      cell: v => rows(v.train),
    },
    {
      id: 'test',
      title: t('catalog.judgedOn'),
      cell: v => (v.test && format.window(v.test.from, v.test.to)) || unknown,
    },
    {
      id: 'testRows',
      title: t('catalog.testRows'),
      end: true,
      cell: v => rows(v.test),
    },
    {
      id: 'digest',
      title: t('catalog.digest'),
      cell: v =>
        v.dataVersion ? (
          <code title={v.dataVersion}>
            {v.dataVersion.slice(0, SHOWN_DIGEST)}
          </code>
        ) : (
          unknown
        ),
    },
    {
      id: 'endpoint',
      title: t('model.endpoint'),
      cell: v =>
        v.traffic.length
          ? v.traffic.map(x => (
              <Link
                key={x.endpoint}
                className="ml-link"
                to={paths.endpoint(x.endpoint)}
              >
                <bdi dir="ltr">{x.endpoint}</bdi>{' '}
                {format.percent(x.percent / 100, 1)}
              </Link>
            ))
          : unknown,
    },
    {
      id: 'made',
      title: t('model.made'),
      end: true,
      cell: v => <Age at={v.createdAt} />,
    },
  ];
}

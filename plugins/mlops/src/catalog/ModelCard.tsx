import { Link } from 'react-router-dom';
import { useEntity } from '@backstage/plugin-catalog-react';
import { Version } from '@mlops-portal/plugin-mlops-common';
import {
  Age,
  Card,
  EmptyState,
  Facts,
  LoadState,
  State,
  TabBody,
} from '../components';
import { useFormat, useText } from '../hooks';
import { Lanes } from '../registry/Lanes';
import { useLaneVersions, useModel } from '../registry/useModel';
import { paths } from '../routes';
import { loopNameOf } from './names';
import { NotYet } from './NotYet';

/** Which version is where, and what answers in production? */
export function ModelCard() {
  const { entity } = useEntity();
  const { t } = useText();
  const name = loopNameOf(entity);
  const model = useModel(name);
  const versions = useLaneVersions(name);
  return (
    <TabBody>
      <NotYet of={model} title={t('model.where')} text={t('catalog.noModel')}>
        <LoadState of={model} what={`${t('noun.model')} ${name}`} rows={6}>
          {value => (
            <>
              <LoadState of={versions} what={t('model.versionsTitle')}>
                {({ items }) => <Lanes model={value} versions={items} />}
              </LoadState>
              <Champion version={value.champion} />
            </>
          )}
        </LoadState>
      </NotYet>
    </TabBody>
  );
}

function Champion(props: { version?: Version }) {
  const { t, metricName } = useText();
  const format = useFormat();
  const { version: v } = props;
  if (!v)
    return (
      <Card title={t('catalog.champion')} flush>
        <EmptyState title={t('catalog.noChampion')}>
          {t('catalog.noChampionText')}
        </EmptyState>
      </Card>
    );
  const span = (part: Version['train']) =>
    part &&
    [
      format.window(part.from, part.to),
      t('catalog.rows', { n: format.count(part.rows) }),
    ]
      .filter(Boolean)
      .join(', ');
  const train = span(v.train);
  const test = span(v.test);
  return (
    <Card
      title={t('catalog.champion')}
      sub={
        <Link className="ml-link" to={paths.version(v.model, v.version)}>
          v{v.version}
        </Link>
      }
    >
      <Facts
        items={[
          [t('model.state'), <State state={v.state} />],
          v.primary && [
            metricName(v.primary.name),
            <>
              <b>{format.metric(v.primary.value)}</b>
              {v.test && `, ${t('common.n', { n: format.count(v.test.rows) })}`}
            </>,
          ],
          train ? [t('catalog.trainedOn'), train] : undefined,
          test ? [t('catalog.judgedOn'), test] : undefined,
          v.commit
            ? [t('model.commit'), <code>{v.commit.slice(0, 7)}</code>]
            : undefined,
          v.runId
            ? [
                t('model.run'),
                <Link className="ml-link" to={paths.run(v.runId)}>
                  #{v.runNumber}
                </Link>,
              ]
            : undefined,
          v.approval && [t('model.approval'), <State state={v.approval} />],
          [
            t('model.endpoint'),
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
              : t('common.none'),
          ],
          [t('model.made'), <Age at={v.createdAt} />],
        ]}
      />
    </Card>
  );
}

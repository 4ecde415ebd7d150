import { Link, useParams } from 'react-router-dom';
import { useEntity } from '@backstage/plugin-catalog-react';
import { ButtonLink } from '@backstage/ui';
import { Model } from '@mlops-portal/plugin-mlops-common';
import { Card, EmptyState, LoadState, Page, TabBody } from '../components';
import { loopNameOf } from '../catalog/names';
import { useHub, useText } from '../hooks';
import { useLoopTabs } from '../problems/useLoopTabs';
import { paths } from '../routes';
import { Lanes } from './Lanes';
import { MetricComparison } from './MetricComparison';
import { SliceCard } from './plots/SliceCard';
import { useLaneVersions, useModel } from './useModel';
import { VersionsTable } from './VersionsTable';

/** /ml/models/:name: which version is where? */
export function ModelPage() {
  const { name = '' } = useParams();
  const { t, taskName } = useText();
  const model = useModel(name);
  const tabs = useLoopTabs(name);
  const pair = pairOf(model.value);
  return (
    <Page
      title={name}
      crumbs={[{ title: t('noun.models'), href: paths.models() }]}
      meta={
        model.value && (
          <span>
            {t('models.task')} <b>{taskName(model.value.task)}</b>
          </span>
        )
      }
      acts={
        pair && (
          <ButtonLink
            href={paths.compare(name, pair)}
            size="small"
            variant="secondary"
          >
            {t('model.compareChosen', {
              versions: pair.map(v => `v${v}`).join(', '),
            })}
          </ButtonLink>
        )
      }
      tabs={tabs}
    >
      <ModelContent name={name} />
    </Page>
  );
}

/** Versions as a tab of the model's or the problem's entity page. */
export function EntityVersions() {
  const { entity } = useEntity();
  return (
    <TabBody>
      <ModelContent name={loopNameOf(entity)} />
    </TabBody>
  );
}

function pairOf(model?: Model): [number, number] | undefined {
  const challenger = model?.challenger ?? model?.latest;
  if (!model?.champion || !challenger) return undefined;
  return challenger.version === model.champion.version
    ? undefined
    : [model.champion.version, challenger.version];
}

function ModelContent(props: { name: string }) {
  const { name } = props;
  const { t } = useText();
  const model = useModel(name);
  const versions = useLaneVersions(name);
  return (
    <LoadState of={model} what={`${t('noun.model')} ${name}`} rows={8}>
      {value => (
        <>
          <LoadState of={versions} what={t('model.versionsTitle')}>
            {({ items }) => <Lanes model={value} versions={items} />}
          </LoadState>
          <Against model={value} />
          <VersionsTable model={name} />
        </>
      )}
    </LoadState>
  );
}

function Against(props: { model: Model }) {
  const { t } = useText();
  const { name } = props.model;
  const pair = pairOf(props.model);
  const hub = useHub(
    (client, signal) =>
      client.compareVersions(
        { name, versions: (pair ?? []).join(',') },
        { signal },
      ),
    ['against', name, pair],
    { enabled: pair !== undefined },
  );
  if (!pair) {
    return (
      <Card title={t('model.against')} flush>
        <EmptyState title={t('model.againstNone')}>
          {t('model.againstNoneText')}
        </EmptyState>
      </Card>
    );
  }
  return (
    <LoadState of={hub} what={t('model.against')}>
      {comparison => (
        <div className="ml-wide start">
          <Card
            title={t('model.against')}
            sub={t(
              comparison.sameTestWindow ? 'model.sameRows' : 'model.otherRows',
            )}
            acts={
              <Link className="ml-link" to={paths.compare(name, pair)}>
                {t('model.fullComparison')}
              </Link>
            }
            flush
          >
            <MetricComparison comparison={comparison} />
          </Card>
          <SliceCard versions={[...comparison.versions].reverse()} />
        </div>
      )}
    </LoadState>
  );
}

import { useParams } from 'react-router-dom';
import { useEntity } from '@backstage/plugin-catalog-react';
import { loopNameOf } from '../catalog/names';
import { Page, TabBody } from '../components';
import { useText } from '../hooks';
import { useLoopTabs } from '../problems/useLoopTabs';
import { paths } from '../routes';
import { CiList } from './CiList';
import { Runs } from './Runs';

/** /ml/pipelines/:name: what ran, what failed, why? */
export function PipelinePage() {
  const { name = '' } = useParams();
  const { t } = useText();
  const tabs = useLoopTabs(name);
  return (
    <Page
      title={name}
      crumbs={[{ title: t('noun.pipelines'), href: paths.pipelines() }]}
      tabs={tabs}
    >
      <PipelineContent name={name} />
    </Page>
  );
}

function PipelineContent(props: { name: string }) {
  return (
    <>
      <Runs pipeline={props.name} />
      <CiList repository={props.name} />
    </>
  );
}

/** Runs and CI as a tab of the pipeline's or the problem's entity page. */
export function EntityRuns() {
  const { entity } = useEntity();
  return (
    <TabBody>
      <PipelineContent name={loopNameOf(entity)} />
    </TabBody>
  );
}

import { useSearchParams } from 'react-router-dom';
import { useEntity } from '@backstage/plugin-catalog-react';
import { loopNameOf } from '../catalog/names';
import { Card, EmptyState, LoadState, Page, TabBody } from '../components';
import { useHub, useQueryState, useText } from '../hooks';
import { endpointOf } from './bands';
import { LineageCard } from './LineageCard';
import { NodeForm } from './NodeForm';
import { TimeTools } from './TimeTools';
import { TraceView } from './Trace';
import { TraceForm } from './TraceForm';
import { useLineage } from './useLineage';
import '../serving/serving.css';

/** /ml/lineage: where does it come from, what does it reach? Node, date and depth are in the URL; ?endpoint=&prediction= traces one answer. */
export function LineagePage() {
  const { t } = useText();
  const [params, setParams] = useSearchParams();
  const node = params.get('node') ?? '';
  const endpoint = params.get('endpoint');
  const prediction = params.get('prediction');
  const [view] = useQueryState('view');
  // A new question keeps the chosen view, and nothing else.
  const ask = (question: Record<string, string>) =>
    setParams(view ? { ...question, view } : question);
  const start = (id: string) => ask({ node: id });
  const traced = endpoint && prediction;
  return (
    <Page
      title={
        node ? t('lineage.of', { name: nameOf(node) }) : t('lineage.title')
      }
    >
      <div className="ml-two">
        <Card title={t('lineage.question')}>
          <NodeForm key={node} node={node} onNode={start} />
        </Card>
        <Card title={t('trace.title')} sub={t('trace.sub')}>
          <TraceForm
            key={`${endpoint}${prediction}`}
            endpoint={endpoint ?? ''}
            prediction={prediction ?? ''}
            onTrace={(of, id) => ask({ endpoint: of, prediction: id })}
          />
        </Card>
      </div>
      {traced && (
        <TraceView endpoint={endpoint} id={prediction} onStart={start} />
      )}
      {!traced && node && <LineageOf node={node} onStart={start} />}
      {!traced && !node && (
        <div className="ml-card">
          <EmptyState title={t('lineage.emptyTitle')}>
            {t('lineage.emptyText')}
          </EmptyState>
        </div>
      )}
    </Page>
  );
}

function LineageOf(props: { node: string; onStart: (id: string) => void }) {
  const { t } = useText();
  const { hub, time, expand } = useLineage(props.node);
  const endpoint = endpointOf(props.node, hub.value?.nodes);
  const served = useHub(
    (client, signal) =>
      client.getServedSpans({ endpoint: endpoint! }, { signal }),
    ['served', endpoint],
    { enabled: endpoint !== undefined },
  );
  return (
    <>
      <TimeTools time={time} spans={served.value?.items ?? []} />
      <LoadState of={hub} what={t('lineage.of', { name: props.node })} rows={8}>
        {lineage => (
          <LineageCard
            lineage={lineage}
            onStart={props.onStart}
            onExpand={expand}
          />
        )}
      </LoadState>
    </>
  );
}

function nameOf(node: string): string {
  const name = node.slice(node.indexOf(':') + 1);
  return name.length > 40 ? `${name.slice(0, 12)}…` : name;
}

const KIND_OF_ENTITY: Record<string, string> = {
  mlproblem: 'problem',
  mlmodel: 'problem',
  api: 'endpoint',
};

/** Lineage as a tab of an entity page: problem, model and endpoint carry one name. */
export function EntityLineage() {
  const { entity } = useEntity();
  const kind = KIND_OF_ENTITY[entity.kind.toLowerCase()] ?? 'problem';
  const [params, setParams] = useSearchParams();
  return (
    <TabBody>
      <LineageOf
        node={params.get('node') ?? `${kind}:${loopNameOf(entity)}`}
        onStart={node => setParams({ node })}
      />
    </TabBody>
  );
}

import { NotFoundError } from '@backstage/errors';
import { Lineage, Trace } from '@mlops-portal/plugin-mlops-common';
import {
  CapturedPrediction,
  MonitoringSlice,
  RegistrySlice,
  ServingSlice,
} from '../slices';
import { GraphStore } from './GraphStore';
import { walk } from './walk';

export interface TraceDeps {
  graph: GraphStore;
  monitoring: Pick<MonitoringSlice, 'prediction'>;
  registry: Pick<RegistrySlice, 'getVersion'>;
  serving: Pick<ServingSlice, 'versionOfRevision'>;
}

/** `<request id>~<row>` of a path is `<request id>/<row>` where predictions are kept. */
export function predictionIdOf(pathId: string): string {
  const cut = pathId.lastIndexOf('~');
  return cut < 0 ? pathId : `${pathId.slice(0, cut)}/${pathId.slice(cut + 1)}`;
}

/** What answered a request, and where that came from. NotFoundError for a prediction that was not captured. */
export async function tracePrediction(
  deps: TraceDeps,
  endpoint: string,
  id: string,
): Promise<Trace> {
  const prediction = await deps.monitoring.prediction(endpoint, id);
  if (!prediction) {
    throw new NotFoundError(
      `no prediction ${id} of ${endpoint} was captured: it may not have arrived yet, or the id is another's`,
    );
  }
  const model = await modelOf(deps, prediction);
  const version = await deps.registry.getVersion(model, prediction.version);
  const approval = version.approvals.find(({ state }) => state === 'approved');
  const lineage = await walk(deps.graph, {
    node: `version:${model}/${prediction.version}`,
    direction: 'back',
    depth: 6,
    maxNodes: 100,
    asOf: null,
  });
  return {
    predictionId: id,
    endpoint,
    at: prediction.at,
    eventTime: prediction.eventTime,
    version: prediction.version,
    revision: prediction.revision,
    features: prediction.features,
    prediction: prediction.prediction,
    label: prediction.label,
    runId: version.runId,
    commit: version.commit,
    dataVersion: version.dataVersion,
    approvedBy: approval?.decidedBy,
    lineage: withPrediction(lineage, prediction),
  };
}

async function modelOf(
  { serving }: TraceDeps,
  { endpoint, revision }: CapturedPrediction,
): Promise<string> {
  const served = revision && (await serving.versionOfRevision(revision));
  return served ? served.model : endpoint;
}

/** Puts the prediction in front: it was asked at the endpoint and answered by the revision that serves the version. */
function withPrediction(
  lineage: Lineage,
  prediction: CapturedPrediction,
): Lineage {
  const { id, at, endpoint, revision } = prediction;
  const focus = `prediction:${id}`;
  const node = (nodeId: string, kind: string, title: string) => ({
    id: nodeId,
    kind,
    title,
    facts: {},
    focus: nodeId === focus,
    redacted: false,
  });
  const edge = (from: string, to: string, kind: string) => ({
    from,
    to,
    kind,
    validFrom: at,
    validTo: null,
    recordedAt: at,
  });
  const asked = `endpoint:${endpoint}`;
  const answering = revision ? `revision:${revision}` : asked;
  const nodes = [
    node(focus, 'prediction', id),
    node(asked, 'endpoint', endpoint),
  ];
  const edges = [edge(focus, asked, 'askedAt')];
  if (revision) {
    nodes.push(node(answering, 'revision', revision));
    edges.push(edge(asked, answering, 'routedTo'));
  }
  edges.push(edge(answering, lineage.focus, 'answeredBy'));
  const rest = lineage.nodes.map(each => ({ ...each, focus: false }));
  return {
    ...lineage,
    focus,
    nodes: [...nodes, ...rest],
    edges: [...edges, ...lineage.edges],
  };
}

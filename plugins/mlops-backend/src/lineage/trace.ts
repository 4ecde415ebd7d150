import { NotFoundError } from '@backstage/errors';
import { Lineage, Trace } from '@mlops-portal/plugin-mlops-common';
import {
  CapturedPrediction,
  MonitoringSlice,
  RegistrySlice,
  ServingSlice,
} from '../slices';
import { GraphStore } from './GraphStore';
import { redact } from './redact';
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
  const versionNode = `version:${model}/${prediction.version}`;
  const revision = prediction.revision && `revision:${prediction.revision}`;
  const known = revision ? await deps.graph.knows(revision) : false;
  const lineage = await walk(deps.graph, {
    node: revision && known ? revision : versionNode,
    direction: 'back',
    depth: 7,
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
    lineage: withPrediction(lineage, versionNode, prediction),
  };
}

async function modelOf(
  { serving }: TraceDeps,
  { endpoint, revision }: CapturedPrediction,
): Promise<string> {
  const served = revision && (await serving.versionOfRevision(revision));
  return served ? served.model : endpoint;
}

/** What the caller may not read is left out of the trace as well as of its graph. */
export function redactTrace(trace: Trace, readable: Set<string>): Trace {
  const { runId, commit, dataVersion, approvedBy, ...rest } = trace;
  const keep = <T>(id: string, fact: T): T | undefined =>
    readable.has(id) ? fact : undefined;
  const approvals = trace.lineage.nodes.filter(n => n.kind === 'approval');
  const approvalHidden = approvals.some(({ id }) => !readable.has(id));
  return {
    ...rest,
    features: readable.has(featuresNode(trace.predictionId))
      ? trace.features
      : {},
    runId: keep(`run:${runId}`, runId),
    commit: keep(`commit:${commit}`, commit),
    dataVersion: keep(`data:${dataVersion}`, dataVersion),
    approvedBy: approvalHidden ? undefined : approvedBy,
    lineage: redact(trace.lineage, readable),
  };
}

function featuresNode(predictionId: string): string {
  return `features:${predictionId}`;
}

/** Puts the prediction in front: asked at the endpoint with these features, answered by the revision that serves the version. */
function withPrediction(
  lineage: Lineage,
  versionNode: string,
  prediction: CapturedPrediction,
): Lineage {
  const { id, at, endpoint, revision, features } = prediction;
  const focus = `prediction:${id}`;
  const nodes = new Map(
    lineage.nodes.map(each => [each.id, { ...each, focus: false }]),
  );
  const add = (nodeId: string, title: string, facts: Facts = {}) => {
    if (nodes.has(nodeId)) return;
    const kind = nodeId.slice(0, nodeId.indexOf(':'));
    const isFocus = nodeId === focus;
    const common = { id: nodeId, kind, title, facts };
    nodes.set(nodeId, { ...common, focus: isFocus, redacted: false });
  };
  const edge = (from: string, to: string, kind: string) => ({
    from,
    to,
    kind,
    validFrom: at,
    validTo: null,
    recordedAt: at,
  });
  const asked = `endpoint:${endpoint}`;
  const given = featuresNode(id);
  const answering = revision ? `revision:${revision}` : asked;
  add(focus, id, { at, ...answerOf(prediction) });
  add(given, `${Object.keys(features).length} values`, valuesOf(features));
  add(asked, endpoint);
  const edges = [edge(focus, asked, 'askedAt'), edge(focus, given, 'given')];
  if (revision) {
    add(answering, revision);
    edges.push(edge(asked, answering, 'routedTo'));
  }
  const serves = lineage.edges.some(
    each => each.from === answering && each.to === versionNode,
  );
  if (!serves) edges.push(edge(answering, versionNode, 'answeredBy'));
  return {
    ...lineage,
    focus,
    nodes: [...nodes.values()],
    edges: [...edges, ...lineage.edges],
  };
}

type Facts = Record<string, string | number>;

function valuesOf(features: CapturedPrediction['features']): Facts {
  return Object.fromEntries(
    Object.entries(features).map(([name, value]) => [name, value ?? '']),
  );
}

function answerOf({ prediction, label }: CapturedPrediction): Facts {
  return {
    ...(prediction === null ? {} : { prediction }),
    ...(label === null ? {} : { label: String(label) }),
  };
}

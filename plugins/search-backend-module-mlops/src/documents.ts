import {
  Alert,
  DatasetColumn,
  DatasetDetail,
  Endpoint,
  FeatureViewDetail,
  MlopsDocument,
  Model,
  Pipeline,
  ProblemSummary,
  Run,
  SearchKind,
  Version,
} from '@mlops-portal/plugin-mlops-common';

const part = encodeURIComponent;
/** Short form of a commit, as people write it. */
const short = (commit: string) => commit.slice(0, 7);
const words = (...texts: Array<string | undefined>) =>
  texts.filter(Boolean).join(' · ');

function document(
  kind: SearchKind,
  given: Pick<MlopsDocument, 'title' | 'location' | 'name'> &
    Partial<MlopsDocument>,
): MlopsDocument {
  return {
    text: '',
    owner: '',
    state: '',
    columns: '',
    metrics: '',
    commit: '',
    ...given,
    kind,
  };
}

export function problemDocument(problem: ProblemSummary): MlopsDocument {
  return document('problem', {
    title: problem.title,
    name: problem.name,
    location: `/ml/problems/${part(problem.name)}`,
    owner: problem.owner,
    state: problem.health,
    metrics: problem.metric.name,
  });
}

export function pipelineDocument(pipeline: Pipeline): MlopsDocument {
  const { name, lastRun, latestCommit } = pipeline;
  return document('pipeline', {
    title: name,
    name,
    location: `/ml/pipelines/${part(name)}`,
    state: lastRun?.state,
    commit: latestCommit,
    text: words(lastRun?.message),
  });
}

export function runDocument(run: Run): MlopsDocument {
  return document('run', {
    title: `${run.pipeline} #${run.number}`,
    name: run.pipeline,
    location: `/ml/runs/${part(run.id)}`,
    state: run.state,
    commit: run.commit,
    metrics: run.metric?.name,
    text: words(run.message, run.because, run.reason, short(run.commit)),
  });
}

export function modelDocument(model: Model): MlopsDocument {
  return document('model', {
    title: model.name,
    name: model.name,
    location: `/ml/models/${part(model.name)}`,
    state: model.champion?.stage ?? model.latest?.stage,
    metrics: Object.keys((model.champion ?? model.latest)?.metrics ?? {}).join(
      ' ',
    ),
    commit: model.champion?.commit,
    text: words(model.task, model.champion && `v${model.champion.version}`),
  });
}

export function versionDocument(version: Version): MlopsDocument {
  const { model, commit } = version;
  return document('version', {
    title: `${model} v${version.version}`,
    name: model,
    location: `/ml/models/${part(model)}/versions/${version.version}`,
    state: version.state,
    metrics: Object.keys(version.metrics).join(' '),
    commit,
    text: words(
      version.stage,
      version.aliases.join(', '),
      version.reason,
      commit && short(commit),
      version.dataVersion?.slice(0, 12),
    ),
  });
}

export function endpointDocument(endpoint: Endpoint): MlopsDocument {
  const answering = endpoint.revisions
    .filter(revision => revision.percent > 0)
    .map(revision => `v${revision.version} ${revision.percent}%`);
  return document('endpoint', {
    title: endpoint.name,
    name: endpoint.name,
    location: `/ml/endpoints/${part(endpoint.name)}`,
    state: endpoint.state,
    text: words(answering.join(', '), endpoint.url, endpoint.reason),
  });
}

export function alertDocument(alert: Alert): MlopsDocument {
  return document('alert', {
    title: alert.title,
    name: alert.endpoint,
    location: `/ml/alerts/${part(alert.id)}`,
    state: alert.state,
    columns: alert.subject,
    text: alert.kind,
  });
}

export function datasetDocument(
  dataset: DatasetDetail,
  columns: DatasetColumn[],
): MlopsDocument {
  return document('dataset', {
    title: dataset.title,
    name: dataset.name,
    location: `/ml/datasets/${part(dataset.name)}`,
    owner: dataset.owner,
    state: dataset.freshness.state,
    columns: columns.map(column => column.name).join(' '),
    text: words(dataset.description, dataset.source.uri, dataset.format),
  });
}

export function featureViewDocument(view: FeatureViewDetail): MlopsDocument {
  return document('featureView', {
    title: view.title,
    name: view.name,
    location: `/ml/feature-views/${part(view.name)}`,
    owner: view.owner,
    state: view.freshness.state,
    columns: view.schema.map(feature => feature.name).join(' '),
    text: words(view.description, view.store?.name),
  });
}

/** Pages of the portal itself: found by their names, and the index is never without a document. */
export const PAGES: MlopsDocument[] = [
  ['Problems', '/ml/problems', 'What problems do we have and how are they?'],
  ['New problem', '/ml/problems/new', 'A table and a target become a model'],
  ['Datasets', '/ml/datasets', 'Which data do we read, how fresh is it?'],
  ['Feature views', '/ml/feature-views', 'Which features exist?'],
  ['Pipelines', '/ml/pipelines', 'What ran, what failed, why? Runs'],
  ['Models', '/ml/models', 'Which version is where? Registry'],
  ['Endpoints', '/ml/endpoints', 'What answers, with which version? Serving'],
  ['Approvals', '/ml/approvals', 'What waits for a decision?'],
  ['Alerts', '/ml/alerts', 'What drifts or is below its target? Monitoring'],
  ['Lineage', '/ml/lineage', 'Where does it come from, what does it reach?'],
  ['Platform', '/ml/platform', 'Is the machinery well? Engines'],
  ['Audit', '/ml/audit', 'Who did what?'],
  ['API', '/ml/api', 'Every route of the hub. OpenAPI'],
].map(([title, location, text]) =>
  document('page', { title, location, text, name: '' }),
);

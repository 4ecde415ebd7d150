import {
  MlopsApiError,
  MlopsClient,
  MlopsDocument,
} from '@mlops-portal/plugin-mlops-common';
import {
  alertDocument,
  datasetDocument,
  endpointDocument,
  featureViewDocument,
  modelDocument,
  pipelineDocument,
  problemDocument,
  runDocument,
  versionDocument,
} from './documents';
import { readAll } from '@mlops-portal/plugin-mlops-node';

/** Newest of each that are indexed; older ones are found from their pipeline or model. */
const MOST_RUNS = 2000;
const MOST_VERSIONS = 500;
const MOST_ALERTS = 1000;

type Section = (
  client: MlopsClient,
  signal: AbortSignal,
) => Promise<MlopsDocument[]>;

const models: Section = async (client, signal) => {
  const all = await readAll(range => client.listModels(range, { signal }));
  const documents = all.map(modelDocument);
  for (const { name } of all) {
    const versions = await readAll(
      range => client.listVersions({ name, ...range }, { signal }),
      MOST_VERSIONS,
    );
    documents.push(...versions.map(versionDocument));
  }
  return documents;
};

const datasets: Section = async (client, signal) => {
  const all = await readAll(range => client.listDatasets(range, { signal }));
  const documents: MlopsDocument[] = [];
  for (const dataset of all) {
    const { name, lastVersion } = dataset;
    const version = lastVersion
      ? await ifThere(
          client.getDatasetVersion(
            { name, version: lastVersion.id },
            { signal },
          ),
        )
      : undefined;
    documents.push(datasetDocument(dataset, version?.schema ?? []));
  }
  return documents;
};

const featureViews: Section = async (client, signal) => {
  const all = await readAll(range =>
    client.listFeatureViews(range, { signal }),
  );
  const documents: MlopsDocument[] = [];
  for (const { name } of all) {
    const view = await ifThere(client.getFeatureView({ name }, { signal }));
    if (view) documents.push(featureViewDocument(view));
  }
  return documents;
};

/** What went away between list and question is left out. */
async function ifThere<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof MlopsApiError && error.status === 404)
      return undefined;
    throw error;
  }
}

/** What is read for the search, section by section; one that fails does not keep the others away. */
export const SECTIONS: Record<string, Section> = {
  problems: async (client, signal) =>
    (await readAll(range => client.listProblems(range, { signal }))).map(
      problemDocument,
    ),
  pipelines: async (client, signal) =>
    (await readAll(range => client.listPipelines(range, { signal }))).map(
      pipelineDocument,
    ),
  runs: async (client, signal) =>
    (
      await readAll(range => client.listAllRuns(range, { signal }), MOST_RUNS)
    ).map(runDocument),
  models,
  endpoints: async (client, signal) =>
    (await readAll(range => client.listEndpoints(range, { signal }))).map(
      endpointDocument,
    ),
  alerts: async (client, signal) =>
    (
      await readAll(range => client.listAlerts(range, { signal }), MOST_ALERTS)
    ).map(alertDocument),
  datasets,
  'feature views': featureViews,
};

import { HubReader, readAll } from '@mlops-portal/plugin-mlops-node';

/** What the hub knows of a model that is needed to show it in the catalog. */
export interface HubModel {
  name: string;
  task: string;
  /** Owner and title of the problem of the same name; undefined where the hub knows none. */
  owner?: string;
  title?: string;
}

/** Lists every model of the hub. Rejects when the hub does not answer: never with a part of the list. */
export type HubModels = (signal: AbortSignal) => Promise<HubModel[]>;

/** With the owners and titles that the hub's problems have. */
export function createHubModels(read: HubReader): HubModels {
  return signal =>
    read(async (client, until) => {
      const options = { signal: until };
      const models = await readAll(page => client.listModels(page, options));
      const problems = await readAll(page =>
        client.listProblems(page, options),
      );
      const problemOf = new Map(problems.map(p => [p.name, p]));
      return models.map(({ name, task }) => ({
        name,
        task,
        owner: problemOf.get(name)?.owner,
        title: problemOf.get(name)?.title,
      }));
    }, signal);
}

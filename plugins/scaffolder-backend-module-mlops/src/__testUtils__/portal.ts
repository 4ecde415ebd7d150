import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import catalogBackend from '@backstage/plugin-catalog-backend';
import scaffolderEntityModel from '@backstage/plugin-catalog-backend-module-scaffolder-entity-model';
import scaffolderBackend from '@backstage/plugin-scaffolder-backend';
import catalogModuleMlops from '@mlops-portal/plugin-catalog-backend-module-mlops';
import { ML_KINDS } from '@mlops-portal/plugin-mlops-common';
import request from 'supertest';
import scaffolderModuleMlops from '..';
import { HubStub } from './hub';

const TEMPLATES = resolve(__dirname, '../../../../templates/catalog-info.yaml');
const TEMPLATE_REF = 'template:default/new-ml-problem';

/** A scaffolder task as its API shows it, with what its steps wrote. */
export interface FinishedTask {
  id: string;
  status: string;
  output: Record<string, any>;
  log: string;
}

export type Portal = Awaited<ReturnType<typeof startPortal>>;

async function poll<T>(
  ask: () => Promise<T | undefined>,
  what: string,
): Promise<T> {
  for (const end = Date.now() + 60_000; Date.now() < end; ) {
    const found = await ask();
    if (found !== undefined) return found;
    await new Promise(done => setTimeout(done, 200));
  }
  throw new Error(`waited in vain for ${what}`);
}

/** Serves `/<name>/-/blob/main/<path>` of the stub's repositories. */
async function serveRepositories(hub: HubStub) {
  const server = createServer((req, res) => {
    const [, name, path] =
      /^\/([^/]+)\/-\/blob\/main\/(.+)$/.exec(req.url ?? '') ?? [];
    const file = hub.repositories[name]?.files.find(f => f.path === path);
    res.statusCode = file ? 200 : 404;
    res.end(file ? hub.catalogInfo ?? file.content : 'not found');
  });
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  return server;
}

/** The real scaffolder and catalog with our modules and templates; only the hub is a stub. */
export async function startPortal(options: { recovery?: boolean } = {}) {
  const hub = new HubStub();
  const server = await serveRepositories(hub);
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  hub.repositoriesUrl = `http://${host}`;
  hub.reset();
  const backend = await startTestBackend({
    features: [
      catalogBackend,
      scaffolderEntityModel,
      scaffolderBackend,
      catalogModuleMlops,
      scaffolderModuleMlops,
      hub.plugin(),
      mockServices.rootConfig.factory({
        data: {
          backend: {
            baseUrl: 'http://localhost:7007',
            reading: { allow: [{ host }] },
          },
          scaffolder: { taskRecovery: { enabled: options.recovery ?? false } },
          catalog: {
            rules: [{ allow: [...ML_KINDS, 'Component', 'API', 'Location'] }],
            locations: [
              {
                type: 'file',
                target: TEMPLATES,
                rules: [{ allow: ['Template'] }],
              },
            ],
          },
        },
      }),
    ],
  });
  const api = () => request(backend.server);
  const entity = async (path: string) => {
    const { body, status } = await api().get(
      `/api/catalog/entities/by-name/${path}`,
    );
    return status === 200 ? body : undefined;
  };
  await poll(() => entity('template/default/new-ml-problem'), TEMPLATE_REF);

  return {
    hub,
    entity,
    /** Sends a form, with sound answers where `values` gives none. */
    start: (values: Record<string, unknown>) =>
      api()
        .post('/api/scaffolder/v2/tasks')
        .send({
          templateRef: TEMPLATE_REF,
          values: {
            title: 'Will this flight be late?',
            owner: 'group:default/ml',
            source: { kind: 'example', example: 'flights' },
            target: 'delay',
            positive: '> 15',
            ...values,
          },
        }),
    async create(values: Record<string, unknown>): Promise<FinishedTask> {
      const { body, status } = await this.start(values);
      if (status !== 201) throw new Error(JSON.stringify(body));
      return this.finished(body.id);
    },
    async finished(id: string): Promise<FinishedTask> {
      const task = await poll(async () => {
        const { body } = await api().get(`/api/scaffolder/v2/tasks/${id}`);
        return ['open', 'processing'].includes(body.status) ? undefined : body;
      }, `the end of task ${id}`);
      const { body: events } = await api().get(
        `/api/scaffolder/v2/tasks/${id}/events`,
      );
      return {
        id,
        status: task.status,
        output: events.find((e: any) => e.body.output)?.body.output ?? {},
        log: events.map((e: any) => e.body.message).join('\n'),
      };
    },
    retry: (id: string) => api().post(`/api/scaffolder/v2/tasks/${id}/retry`),
    async locations(): Promise<string[]> {
      const { body } = await api().get('/api/catalog/locations');
      return body.map((l: any) => l.data.target);
    },
    async stop() {
      await backend.stop();
      await new Promise(done => server.close(done));
    },
  };
}

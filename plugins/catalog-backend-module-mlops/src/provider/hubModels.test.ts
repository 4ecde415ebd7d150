import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { CatalogUser, startCatalog } from '../__testUtils__/catalog';
import { startFileServer } from '../__testUtils__/fileServer';

jest.setTimeout(120_000);

const declares = (name: string) => `
apiVersion: mlops-portal.io/v1alpha1
kind: MLModel
metadata: { name: ${name}, title: Declared by a file }
spec:
  type: onnx
  lifecycle: production
  owner: ml
  registry: { provider: portal, name: ${name} }
`;

/** A hub with 201 models, so that one page is not enough. */
const hub = createBackendPlugin({
  pluginId: 'mlops',
  register(reg) {
    reg.registerInit({
      deps: { http: coreServices.httpRouter, auth: coreServices.httpAuth },
      async init({ http, auth }) {
        const names = [
          'bad_name!',
          ...Array.from({ length: 200 }, (_, i) => `m${i}`),
        ];
        http.use(async (req, res) => {
          await auth.credentials(req, { allow: ['service'] });
          const offset = Number(req.query.offset);
          const item = (name: string) =>
            req.path === '/models'
              ? { name, task: 'binary' }
              : { name, title: `About ${name}`, owner: 'group:default/ml' };
          const items = names.slice(offset, offset + 200).map(item);
          res.json({ items, total: names.length });
        });
      },
    });
  },
});

describe('models of the hub in the catalog', () => {
  it('appear from every page, as the plugin itself, and a file that declares one takes it over', async () => {
    const server = await startFileServer({ '/m7.yaml': declares('m7') });
    const backend = await startCatalog(server.host, [
      hub,
      mockServices.scheduler.factory({
        includeInitialDelayedTasksOnStartup: true,
      }),
    ]);
    try {
      const user = new CatalogUser(backend);
      const last = await user.until(
        () => user.entity('mlmodel:m199'),
        'the model of the last page',
      );
      expect(last.metadata.title).toBe('About m199');
      expect(last.spec?.owner).toBe('group:default/ml');
      expect(await user.entity('mlmodel:bad_name!')).toBeUndefined();

      await user.register(server.url('/m7.yaml'));
      const taken = await user.until(async () => {
        const entity = await user.entity('mlmodel:m7');
        return entity?.metadata.title === 'Declared by a file'
          ? entity
          : undefined;
      }, 'the file to take over');
      expect(taken.spec?.lifecycle).toBe('production');
    } finally {
      await backend.stop();
      await server.stop();
    }
  });
});

import { join } from 'node:path';
import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { mlopsEnginesExtensionPoint } from '@mlops-portal/plugin-mlops-node';
import { LocalArtifactEngine } from './artifacts';
import { PythonEnvironments } from './environment';
import { LocalMetricsEngine } from './metrics';
import { LocalPipelineEngine } from './pipelines';
import { Pruner } from './retention';
import { LocalServingEngine } from './serving';
import { bareFolderOf, LocalSettings, readSettings } from './settings';
import { createTokenVerifier, LocalSourceEngine } from './source';

/** Artefacts over this size are refused; a model of the laptop home is some megabytes. */
const MAX_ARTIFACT_BYTES = 2 * 1024 ** 3;

/** Every contract on one machine. */
export const localEnginesModule = createBackendModule({
  pluginId: 'mlops',
  moduleId: 'local',
  register(env) {
    env.registerInit({
      deps: {
        engines: mlopsEnginesExtensionPoint,
        config: coreServices.rootConfig,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        scheduler: coreServices.scheduler,
      },
      async init(deps) {
        const { engines, config, httpRouter, lifecycle, logger } = deps;
        const settings = readSettings(config);
        const { home } = settings;
        const environments = PythonEnvironments.create({ home, logger });
        // Jobs that waited for the portal go on once it answers.
        const ready = new Promise<void>(resolve =>
          lifecycle.addStartupHook(resolve),
        );
        const source = await LocalSourceEngine.create({
          home,
          baseUrl: settings.gitUrl,
          logger,
          environments,
          getCiEnvironment: async () => jobEnvironment(settings),
          ready,
        });
        // Git clients and readers cannot sign in as people do: the router asks for the token itself.
        httpRouter.addAuthPolicy({
          path: '/local/git',
          allow: 'unauthenticated',
        });
        const router = source.createRouter({
          verify: createTokenVerifier(settings.token ? [settings.token] : []),
        });
        httpRouter.use((req, res, next) => {
          if (!req.path.startsWith('/local/git/')) return next();
          req.url = req.url.slice('/local/git'.length);
          return router(req, res, next);
        });
        lifecycle.addShutdownHook(() => source.close());

        const serving = LocalServingEngine.create({
          home,
          port: settings.gatewayPort,
          portalUrl: settings.portalUrl,
          getEventToken: () => settings.token ?? '',
          environments,
          logger,
        });
        lifecycle.addShutdownHook(() => serving.close());
        engines.addEngine('source', source);
        engines.addEngine(
          'pipelines',
          LocalPipelineEngine.create({
            home,
            logger,
            environments,
            resolveClone: url => bareFolderOf(settings, url),
            maxConcurrentRuns: settings.maxConcurrentRuns,
          }),
        );
        engines.addEngine(
          'artifacts',
          LocalArtifactEngine.create({
            home,
            allowedRoots: [join(home, 'runs')],
            maxBytes: MAX_ARTIFACT_BYTES,
          }),
        );
        engines.addEngine('serving', serving);
        engines.addEngine('metrics', LocalMetricsEngine.create({ serving }));
        const pruner = new Pruner({
          home,
          retention: settings.retention,
          logger,
          interpreter: signal => environments.interpreter(signal),
        });
        await deps.scheduler.scheduleTask({
          id: 'mlops-local-retention',
          scope: 'local',
          initialDelay: { minutes: 2 },
          frequency: { hours: 1 },
          timeout: { minutes: 15 },
          fn: async signal => {
            await pruner.round(signal as AbortSignal);
          },
        });
      },
    });
  },
});

/** What CI jobs on this machine need to reach the portal. */
function jobEnvironment(settings: LocalSettings): Record<string, string> {
  return {
    PORTAL_URL: settings.portalUrl,
    PORTAL_TOKEN: settings.token ?? '',
    OMP_NUM_THREADS: '1',
  };
}

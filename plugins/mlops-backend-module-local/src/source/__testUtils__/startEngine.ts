import { promises as fs } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import express from 'express';
import { mockServices } from '@backstage/backend-test-utils';
import {
  createTokenVerifier,
  LocalSourceEngine,
  LocalSourceEngineOptions,
} from '..';

export const TOKEN = 'token-for-git-clients';
export const SECRET = 'hush-4711-hush';

export interface StartedEngine {
  engine: LocalSourceEngine;
  /** The portal's data folder. */
  home: string;
  /** Of the router, e.g. http://127.0.0.1:40000/git */
  baseUrl: string;
  /** Closes the engine and opens it again over the same folder, as a restart of the portal does. */
  restart(): Promise<void>;
  dispose(): Promise<void>;
}

/** An engine over a new folder, or `home`, served over HTTP; `changes` replace options. Python environments are refused unless given. */
export async function startEngine(
  changes: Partial<LocalSourceEngineOptions> & {
    maxRequestBytes?: number;
  } = {},
): Promise<StartedEngine> {
  const { maxRequestBytes, ...options } = changes;
  const home =
    options.home ?? (await fs.mkdtemp(path.join(os.tmpdir(), 'source-')));
  let router: express.Router;
  const app = express();
  app.use('/git', (req, res, next) => router(req, res, next));
  app.use(
    (
      error: Error,
      _req: express.Request,
      res: express.Response,
      _next: express.NextFunction,
    ) => {
      const status = { NotFoundError: 404, InputError: 400 }[error.name] ?? 500;
      res.status(status).json({ error: error.message });
    },
  );
  const server = http.createServer(app);
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const baseUrl = `http://127.0.0.1:${port}/git`;

  const open = async () => {
    const engine = await LocalSourceEngine.create({
      home,
      baseUrl,
      logger: mockServices.logger.mock(),
      environments: {
        ensure: async () => {
          throw new Error('no Python environment is expected here');
        },
      },
      getCiEnvironment: async () => ({ CONFORMANCE_TOKEN: SECRET }),
      ...options,
    });
    router = engine.createRouter({
      verify: createTokenVerifier([TOKEN]),
      limits: maxRequestBytes ? { maxRequestBytes } : undefined,
    });
    return engine;
  };
  const started: StartedEngine = {
    engine: await open(),
    home,
    baseUrl,
    restart: async () => {
      await started.engine.close();
      started.engine = await open();
    },
    dispose: async () => {
      for (const name of await fs.readdir(path.join(home, 'git')))
        if (!name.startsWith('.'))
          await started.engine.deleteRepository(name.replace(/\.git$/, ''), {
            signal: new AbortController().signal,
          });
      await started.engine.close();
      server.closeAllConnections();
      await new Promise(resolve => {
        server.close(resolve);
      });
      await fs.rm(home, { recursive: true, force: true });
    },
  };
  return started;
}

import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import express from 'express';
import Router from 'express-promise-router';
import type { ProblemPlan } from '@mlops-portal/plugin-mlops-common';
import type { RepositoryFile } from '../workspace/readFolder';

/** A repository as the stub keeps it. */
export interface StubRepository {
  files: RepositoryFile[];
  key: string;
}

/** Stands for the hub: keeps what it is asked, answers by the API's rules, and can be told to fail. */
export class HubStub {
  plan: ProblemPlan = { errors: [] };
  repositories: Record<string, StubRepository> = {};
  runs: Array<{ id: string; number: number }> = [];
  ciState = 'running';
  /** Served instead of the repository's own catalog-info.yaml. */
  catalogInfo: string | undefined;
  /** Answers to lose: the call is carried out, the caller sees a failure. */
  losesAnswers = 0;
  /** Answers by idempotency key: as in the hub, they outlive what they made. */
  private answers: Record<string, unknown> = {};
  calls: string[] = [];
  callers: string[] = [];

  /** Where its repositories are served. */
  repositoriesUrl = '';

  reset() {
    this.plan = { errors: [] };
    this.repositories = {};
    this.answers = {};
    this.runs = [{ id: 'run-1', number: 1 }];
    this.ciState = 'running';
    this.catalogInfo = undefined;
    this.losesAnswers = 0;
    this.calls = [];
    this.callers = [];
  }

  view(name: string) {
    return {
      name,
      engine: 'stub',
      cloneUrl: `${this.repositoriesUrl}/${name}.git`,
      webUrl: `${this.repositoriesUrl}/${name}`,
      defaultBranch: 'main',
      headCommit: 'a'.repeat(40),
    };
  }

  /** The stub as plugin `mlops`. */
  plugin() {
    const note = (call: string, caller: string) => {
      this.calls.push(call);
      this.callers.push(caller);
    };
    const addRoutes = (router: express.Router) => this.addRoutes(router);
    return createBackendPlugin({
      pluginId: 'mlops',
      register(reg) {
        reg.registerInit({
          deps: {
            httpRouter: coreServices.httpRouter,
            httpAuth: coreServices.httpAuth,
          },
          async init({ httpRouter, httpAuth }) {
            const router = Router();
            router.use(express.json({ limit: '30mb' }));
            router.use(async (req, _res, next) => {
              const { principal } = await httpAuth.credentials(req);
              note(
                `${req.method} ${req.path}`,
                (principal as any).userEntityRef ?? 'service',
              );
              next();
            });
            addRoutes(router);
            httpRouter.use(router);
          },
        });
      },
    });
  }

  private addRoutes(router: express.Router) {
    router.post('/sources/plan', async (_req, res) => {
      res.json(this.plan);
    });
    router.post('/repositories', async (req, res) => {
      const { name, files, idempotencyKey: key } = req.body;
      if (!this.answers[key] && this.repositories[name]) {
        const message = `${name} is taken`;
        res.status(409).json({ error: { name: 'ConflictError', message } });
        return;
      }
      if (!this.answers[key]) {
        this.repositories[name] = { files, key };
        this.answers[key] = this.view(name);
      }
      if (this.losesAnswers > 0) {
        this.losesAnswers--;
        res.status(503).json({ error: { message: 'going down' } });
        return;
      }
      res.json(this.answers[key]);
    });
    router.get('/repositories/:name', async (req, res) => {
      const { name } = req.params;
      if (this.repositories[name]) res.json(this.view(name));
      else res.status(404).json({ error: { message: 'no such thing' } });
    });
    router.delete('/repositories/:name', async (req, res) => {
      const { name } = req.params;
      if (!this.repositories[name]) {
        res
          .status(404)
          .json({ error: { name: 'NotFoundError', message: 'no such thing' } });
        return;
      }
      delete this.repositories[name];
      res.json({ deleted: true });
    });
    router.get('/repositories/:name/ci', async (_req, res) => {
      const ci = { id: '1', commit: 'a'.repeat(40), state: this.ciState };
      res.json({ items: [ci], total: 1 });
    });
    router.get('/pipelines/:name/runs', async (_req, res) => {
      res.json({ items: this.runs, total: this.runs.length });
    });
  }
}

import { pipeline } from 'node:stream';
import type { Request, Response, Router } from 'express';
import { InputError } from '@backstage/errors';
import { BareRepository } from '../BareRepository';
import { RepositoryStore } from '../RepositoryStore';

/**
 * Files come from whoever pushes. They must never act as pages of the portal: no script, no sniffing, no frame.
 */
const HARMLESS = {
  'Content-Security-Policy': "default-src 'none'; sandbox",
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'private, no-cache',
};

interface Place {
  repository: BareRepository;
  ref: string;
  commit: string;
  path: string;
  signal: AbortSignal;
}

function untilClosed(res: Response): AbortSignal {
  const controller = new AbortController();
  res.on('close', () => controller.abort());
  return controller.signal;
}

/** What is read by people and by the URL reader: `/-/raw`, `/-/blob` (the same), `/-/tree` (JSON) and `/-/archive`. */
export function addReadRoutes(router: Router, store: RepositoryStore): void {
  const at = async (req: Request, res: Response): Promise<Place> => {
    const signal = untilClosed(res);
    const repository = await store.get(req.params.name);
    const place = await repository.split(req.params[0], { signal });
    return { repository, signal, ...place };
  };

  const file = async (req: Request, res: Response) => {
    const { repository, commit, path, signal } = await at(req, res);
    const content = await repository.readFile(commit, path, { signal });
    res
      .set(HARMLESS)
      .set('ETag', `"${commit}"`)
      .type(
        isText(content)
          ? 'text/plain; charset=utf-8'
          : 'application/octet-stream',
      )
      .send(content);
  };
  router.get('/:name/-/raw/*', file);
  router.get('/:name/-/blob/*', file);

  router.get('/:name/-/tree/*', async (req, res) => {
    const { repository, ref, commit, path, signal } = await at(req, res);
    const entries = await repository.list(commit, path, { signal });
    res.set(HARMLESS).json({
      repository: repository.name,
      ref,
      commit,
      path,
      entries,
    });
  });

  router.get('/:name/-/archive/*', async (req, res) => {
    const signal = untilClosed(res);
    const rest = (req.params as Record<string, string>)[0];
    if (!rest.endsWith('.tar')) {
      throw new InputError(
        'An archive is asked for as /-/archive/<branch, tag or commit>.tar',
      );
    }
    const ref = rest.slice(0, -'.tar'.length);
    const repository = await store.get(req.params.name);
    const commit = await repository.resolve(ref, { signal });
    const name = `${repository.name}-${commit.slice(0, 8)}`;
    res.set(HARMLESS).attachment(`${name}.tar`).type('application/x-tar');
    pipeline(
      repository.archive(commit, { signal, prefix: name }),
      res,
      () => {},
    );
  });
}

function isText(content: Buffer): boolean {
  return !content.subarray(0, 8000).includes(0);
}

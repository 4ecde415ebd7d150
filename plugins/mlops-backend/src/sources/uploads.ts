import { randomUUID } from 'crypto';
import { createWriteStream, promises as fs } from 'fs';
import { extname, join } from 'path';
import { pipeline } from 'stream/promises';
import express, { Request } from 'express';
import Router from 'express-promise-router';
import { InputError } from '@backstage/errors';
import { atMost } from './download';
import { SourceRules } from './places';

/**
 * Router of `POST /sources/uploads?name=flights.csv`: the body is the file itself, streamed to disk.
 * Answers 201 `{ uploadId, name, sizeBytes }`; a body over the limit or an aborted one leaves nothing behind.
 */
export function createUploadRouter(deps: {
  rules: SourceRules;
  /** Rejects with NotAllowedError or AuthenticationError. */
  authorize(request: Request): Promise<void>;
}): express.Router {
  const router = Router();
  router.post('/sources/uploads', async (request, response) => {
    await deps.authorize(request);
    const name = String(request.query.name ?? '');
    const extension = extname(name).toLowerCase();
    if (extension !== '.csv' && extension !== '.parquet') {
      throw new InputError(
        `name: '${name.slice(0, 100)}' ends neither in .csv nor in .parquet`,
      );
    }
    const folder = join(deps.rules.home, 'uploads');
    await fs.mkdir(folder, { recursive: true });
    const uploadId = `${randomUUID()}${extension}`;
    const part = join(folder, `${uploadId}.part`);
    try {
      await pipeline(
        request,
        atMost(deps.rules.maxUploadBytes, name.slice(0, 100)),
        createWriteStream(part, { flags: 'wx' }),
      );
      const { size } = await fs.stat(part);
      if (size === 0) throw new InputError(`${name.slice(0, 100)} is empty`);
      await fs.rename(part, join(folder, uploadId));
      response.status(201).json({ uploadId, name, sizeBytes: size });
    } finally {
      await fs.rm(part, { force: true });
    }
  });
  return router;
}

import { createHash } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { chmod, mkdir, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { InputError } from '@backstage/errors';

const READ_ONLY = 0o444;
const COPY_BYTES = 1024 * 1024;

/** Copies and checks in one pass, so that what was checked is what is kept. */
export async function copyChecked(
  source: string,
  target: string,
  name: string,
  digest: string,
  signal: AbortSignal,
) {
  const hash = createHash('sha256');
  const path = join(target, name);
  await mkdir(dirname(path), { recursive: true });
  // O_NOFOLLOW: the file could have become a link since it was looked at.
  const from = await open(
    join(source, name),
    constants.O_RDONLY | constants.O_NOFOLLOW,
  );
  const to = await open(path, 'wx', READ_ONLY);
  try {
    const buffer = Buffer.alloc(COPY_BYTES);
    for (;;) {
      signal.throwIfAborted();
      const { bytesRead } = await from.read(buffer, 0, buffer.length);
      if (!bytesRead) {
        break;
      }
      const part = buffer.subarray(0, bytesRead);
      hash.update(part);
      await to.writeFile(part);
    }
    await to.sync();
  } finally {
    await from.close();
    await to.close();
  }
  const found = hash.digest('hex');
  if (found !== digest) {
    throw new InputError(
      `'${name}' of the artefact has the digest ${found}, but its manifest says ${digest}; nothing is kept.`,
    );
  }
}

/** sha256 of a file in lower-case hex. */
export async function digestOf(
  path: string,
  signal: AbortSignal,
): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash, { signal });
  return hash.digest('hex');
}

/** Makes a read-only file that is on disk when this returns. */
export async function writeDurable(path: string, content: Buffer) {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  await chmod(path, READ_ONLY);
}

/** Makes the names in a folder durable. */
export async function syncFolder(path: string) {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

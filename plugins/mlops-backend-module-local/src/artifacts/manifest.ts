import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '@backstage/errors';
import { sha256Schema } from '@mlops-portal/plugin-mlops-common';
import { z } from 'zod';

export const MANIFEST = 'manifest.json';

const MAX_MANIFEST_BYTES = 1_000_000;

/** Ours, beside the files of a kept artefact: its format. */
export const FORMAT_FILE = '.format';

/** Files whose reading runs code. */
const UNSAFE_FILE = /\.(pkl|pickle|joblib|dill|pt|pth)$/i;

/** Name of a file inside the folder -> sha256 of its content. */
export type Manifest = Record<string, string>;

const manifestSchema = z.record(z.string(), sha256Schema);

/** InputError unless `content` has the digest `sha256` and lists safe files by plain relative names. */
export function readManifest(content: Buffer, sha256: string): Manifest {
  const found = createHash('sha256').update(content).digest('hex');
  if (found !== sha256) {
    throw new InputError(
      `${MANIFEST} has the digest ${found}, not ${sha256} as registered; the artefact is not taken.`,
    );
  }
  let json: unknown;
  try {
    json = JSON.parse(content.toString('utf8'));
  } catch (error) {
    throw new InputError(`${MANIFEST} is not JSON.`, error);
  }
  const parsed = manifestSchema.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new InputError(
      `${MANIFEST}, entry '${issue.path.join('.')}': ${issue.message}`,
    );
  }
  const names = Object.keys(parsed.data);
  if (!names.length) {
    throw new InputError(`${MANIFEST} lists no file.`);
  }
  names.forEach(checkName);
  return parsed.data;
}

function checkName(name: string) {
  const parts = name.split('/');
  if (
    [MANIFEST, FORMAT_FILE].includes(name) ||
    /[\\\0]/.test(name) ||
    parts.some(part => part === '' || part === '.' || part === '..')
  ) {
    throw new InputError(
      `${MANIFEST}: '${name}' is not the name of a file inside the artefact.`,
    );
  }
  if (UNSAFE_FILE.test(name)) {
    throw new InputError(
      `The artefact has the file '${name}': reading it can run any code, so it is refused. Export the model as ONNX or skops.`,
    );
  }
}

/** Content of the manifest in `source`; InputError, naming `uri`, if there is none or it is too large. */
export async function manifestAt(source: string, uri: string): Promise<Buffer> {
  const path = join(source, MANIFEST);
  try {
    if ((await stat(path)).size <= MAX_MANIFEST_BYTES) {
      return await readFile(path);
    }
  } catch (error) {
    throw new InputError(
      `The artefact at ${uri} has no readable ${MANIFEST}.`,
      error,
    );
  }
  throw new InputError(
    `${MANIFEST} of the artefact at ${uri} is larger than ${MAX_MANIFEST_BYTES} bytes.`,
  );
}

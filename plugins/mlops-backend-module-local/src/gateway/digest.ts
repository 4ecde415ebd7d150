import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InputError } from '@backstage/errors';
import { z } from 'zod';

const manifestSchema = z.record(z.string(), z.string());

/** Folder behind an artefact's uri: an absolute path or a file: URL. */
export function artifactFolder(uri: string): string {
  if (uri.startsWith('file://')) {
    return fileURLToPath(uri);
  }
  if (!uri.startsWith('/')) {
    throw new InputError(
      `The artefact "${uri}" is not in a folder of this machine; give an absolute path or a file: URL`,
    );
  }
  return uri;
}

async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) {
    hash.update(chunk);
  }
  return hash.digest('hex');
}

/**
 * Checks that a folder is the version with this digest: sha256 of manifest.json, then every file against the manifest.
 * The server checks the bytes that it loads once more; this check keeps it from being started for nothing.
 *
 * @throws InputError naming the file that differs or is missing.
 */
export async function verifyArtifact(artifact: {
  uri: string;
  sha256: string;
}) {
  const folder = artifactFolder(artifact.uri);
  const read = (error: NodeJS.ErrnoException) => {
    throw new InputError(
      `Cannot read the version in ${folder}: ${error.message}`,
      error,
    );
  };
  const text = await readFile(resolve(folder, 'manifest.json')).catch(read);
  if (createHash('sha256').update(text).digest('hex') !== artifact.sha256) {
    throw new InputError(
      `Digest mismatch: ${folder}/manifest.json is not the one registered as sha256 ${artifact.sha256}; register the version again`,
    );
  }
  const manifest = manifestSchema.parse(JSON.parse(text.toString('utf8')));
  for (const [name, digest] of Object.entries(manifest)) {
    const path = resolve(folder, name);
    if (!path.startsWith(resolve(folder) + sep)) {
      throw new InputError(
        `"${name}" in the manifest lies outside the version's folder ${folder}`,
      );
    }
    if ((await sha256OfFile(path).catch(read)) !== digest) {
      throw new InputError(
        `Digest mismatch: ${path} is not the file in the manifest; register the version again`,
      );
    }
  }
}

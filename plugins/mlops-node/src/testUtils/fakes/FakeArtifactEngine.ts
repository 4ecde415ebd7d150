import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InputError, NotFoundError } from '@backstage/errors';
import {
  Artifact,
  SAFE_MODEL_FORMATS,
} from '@mlops-portal/plugin-mlops-common';
import { ArtifactEngine, CallOptions } from '../../contracts';
import { FakeEngine } from './FakeEngine';

interface Kept {
  artifact: Artifact;
  files: Map<string, Buffer>;
}

/** An artefact engine that keeps files in memory; digests are checked for real. For tests of the hub. */
export class FakeArtifactEngine extends FakeEngine implements ArtifactEngine {
  private readonly kept = new Map<string, Kept>();
  /** Artefacts that are no folders, by uri: file name -> content. */
  private readonly left = new Map<string, Record<string, string>>();

  constructor(id = 'fake') {
    super(id, { maxBytes: 1_000_000_000 });
  }

  /** Leaves files at a uri like a run does, with their manifest; gives the digest to register. */
  leave(uri: string, files: Record<string, string>): string {
    const manifest = JSON.stringify(
      Object.fromEntries(
        Object.entries(files).map(([name, text]) => [name, digest(text)]),
      ),
    );
    this.left.set(uri, { ...files, 'manifest.json': manifest });
    return digest(manifest);
  }

  async ingest(
    request: { uri: string; sha256: string; format: string },
    options: CallOptions,
  ): Promise<Artifact> {
    this.enter('ingest', options);
    const { uri, sha256, format } = request;
    if (!SAFE_MODEL_FORMATS.includes(format)) {
      throw new InputError(`the format ${format} is not safe to load`);
    }
    const known = this.kept.get(sha256);
    if (known) return known.artifact;
    const manifest = await this.read(uri, 'manifest.json');
    if (digest(manifest) !== sha256) {
      throw new InputError(`manifest.json at ${uri} is not the registered one`);
    }
    const files = new Map<string, Buffer>();
    const listed = Object.entries(
      JSON.parse(manifest.toString()) as Record<string, string>,
    );
    for (const [name, expected] of listed) {
      if (/\.(joblib|pkl|pickle)$/.test(name)) {
        throw new InputError(`${name} is not safe to load`);
      }
      if (name.split('/').includes('..') || name.startsWith('/')) {
        throw new InputError(`${name} is outside of the artefact`);
      }
      const content = await this.read(uri, name);
      if (digest(content) !== expected) {
        throw new InputError(`${name} differs from the manifest`);
      }
      files.set(name, content);
    }
    const artifact = {
      uri: `fake://artifacts/${sha256}`,
      sha256,
      format,
      files: [...files].map(([name, content]) => ({
        name,
        sha256: digest(content),
        sizeBytes: content.length,
      })),
    };
    this.kept.set(sha256, { artifact, files });
    return artifact;
  }

  async verify(sha256: string, options: CallOptions): Promise<Artifact> {
    this.enter('verify', options);
    return this.known(sha256).artifact;
  }

  async readFile(
    { sha256, file }: { sha256: string; file: string },
    options: CallOptions,
  ): Promise<Buffer> {
    this.enter('readFile', options);
    const content = this.known(sha256).files.get(file);
    if (!content) throw new NotFoundError(`${file} is not in ${sha256}`);
    return content;
  }

  async remove(sha256: string, options: CallOptions): Promise<void> {
    this.enter('remove', options);
    this.kept.delete(sha256);
  }

  private async read(uri: string, name: string): Promise<Buffer> {
    const files = this.left.get(uri);
    if (files && name in files) return Buffer.from(files[name]);
    if (files || !uri.startsWith('file:')) {
      throw new InputError(`${name} is missing at ${uri}`);
    }
    try {
      return await readFile(join(fileURLToPath(uri), name));
    } catch {
      throw new InputError(`${name} is missing at ${uri}`);
    }
  }

  private known(sha256: string): Kept {
    const kept = this.kept.get(sha256);
    if (!kept) throw new NotFoundError(`there is no artefact ${sha256}`);
    return kept;
  }
}

function digest(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

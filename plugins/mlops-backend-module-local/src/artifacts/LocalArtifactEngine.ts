import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { access, mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import {
  InputError,
  isError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import {
  Artifact,
  SAFE_MODEL_FORMATS,
  sha256Schema,
} from '@mlops-portal/plugin-mlops-common';
import {
  ArtifactEngine,
  CallOptions,
  EngineInfo,
} from '@mlops-portal/plugin-mlops-node';
import { removeLeftovers } from '../leftovers';
import {
  copyChecked,
  digestOf,
  syncFolder,
  writeDurable,
} from './durableFiles';
import { checkFreeSpace } from './freeSpace';
import {
  FORMAT_FILE,
  MANIFEST,
  Manifest,
  manifestAt,
  readManifest,
} from './manifest';
import { filesBelow, sourceFolder } from './sourceFolder';

const DEFAULT_MAX_BYTES = 2_000_000_000;

export interface LocalArtifactEngineOptions {
  /** Absolute path of the data folder; artefacts live in `<home>/artifacts/<sha256>`. */
  home: string;
  /** Folders from which artefacts may be taken, e.g. that of the runs. */
  allowedRoots: string[];
  /** Limit for one artefact, manifest included. Default 2 GB. */
  maxBytes?: number;
}

/**
 * Keeps artefacts as read-only folders named by the digest of their manifest.
 *
 * A folder appears whole, by renaming: whoever finds it finds all of it, also after a kill or a power cut. Only what the manifest
 * lists is kept; what a folder has beside that is refused, because nobody vouches for it.
 */
export class LocalArtifactEngine implements ArtifactEngine {
  readonly id = 'local';
  readonly title = 'Files on this machine';

  static create(options: LocalArtifactEngineOptions): LocalArtifactEngine {
    return new LocalArtifactEngine(
      resolve(options.home, 'artifacts'),
      options.allowedRoots.map(root => resolve(root)),
      options.maxBytes ?? DEFAULT_MAX_BYTES,
    );
  }

  private constructor(
    private readonly folder: string,
    private readonly allowedRoots: string[],
    private readonly maxBytes: number,
  ) {}

  async getInfo({ signal }: CallOptions): Promise<EngineInfo> {
    signal.throwIfAborted();
    await mkdir(this.folder, { recursive: true });
    await access(this.folder, constants.W_OK);
    await checkFreeSpace(this.folder);
    return {
      version: '1',
      capabilities: { maxBytes: this.maxBytes },
      links: [],
    };
  }

  async ingest(
    request: { uri: string; sha256: string; format: string },
    options: CallOptions,
  ): Promise<Artifact> {
    options.signal.throwIfAborted();
    const { uri, format } = request;
    const sha256 = checkDigest(request.sha256);
    if (!SAFE_MODEL_FORMATS.includes(format)) {
      throw new InputError(
        `The format '${format}' is not safe to load; allowed are ${SAFE_MODEL_FORMATS.join(
          ', ',
        )}.`,
      );
    }
    const kept = await this.kept(sha256, options);
    if (kept) {
      return kept;
    }
    const source = await sourceFolder(uri, this.allowedRoots);
    const content = await manifestAt(source, uri);
    const manifest = readManifest(content, sha256);
    await this.checkFiles(source, manifest, content.length);
    await removeLeftovers(this.folder);
    const temporary = join(this.folder, `.new-${randomUUID()}`);
    try {
      await mkdir(temporary, { recursive: true });
      for (const [name, digest] of Object.entries(manifest)) {
        await copyChecked(source, temporary, name, digest, options.signal);
      }
      await writeDurable(join(temporary, MANIFEST), content);
      await writeDurable(join(temporary, FORMAT_FILE), Buffer.from(format));
      await syncFolder(temporary);
      await rename(temporary, this.pathOf(sha256));
      await syncFolder(this.folder);
    } catch (error) {
      await this.explain(error, sha256);
    } finally {
      // What this cannot remove is not worth hiding the reason for.
      await rm(temporary, { recursive: true, force: true }).catch(() => {});
    }
    return this.verify(sha256, options);
  }

  async verify(sha256: string, options: CallOptions): Promise<Artifact> {
    options.signal.throwIfAborted();
    const manifest = await this.manifest(sha256);
    const folder = this.pathOf(sha256);
    const files = [];
    for (const [name, digest] of Object.entries(manifest)) {
      const path = join(folder, name);
      const found = await digestOf(path, options.signal).catch(error => {
        options.signal.throwIfAborted();
        throw new InputError(
          `Artefact ${sha256} differs from the manifest: '${name}' cannot be read. Take it in again or remove it.`,
          error,
        );
      });
      if (found !== digest) {
        throw new InputError(
          `Artefact ${sha256} differs from the manifest: '${name}' has the digest ${found}, expected ${digest}. It must not be loaded.`,
        );
      }
      files.push({ name, sha256: digest, sizeBytes: (await stat(path)).size });
    }
    return {
      uri: folder,
      sha256,
      format: await readFile(join(folder, FORMAT_FILE), 'utf8'),
      sizeBytes: files.reduce((sum, file) => sum + file.sizeBytes, 0),
      files,
    };
  }

  async readFile(
    at: { sha256: string; file: string },
    options: CallOptions,
  ): Promise<Buffer> {
    options.signal.throwIfAborted();
    const manifest = await this.manifest(at.sha256);
    if (at.file !== MANIFEST && !Object.hasOwn(manifest, at.file)) {
      throw new NotFoundError(
        `Artefact ${at.sha256} has no file '${at.file}'; it has ${Object.keys(
          manifest,
        ).join(', ')}.`,
      );
    }
    return readFile(join(this.pathOf(at.sha256), at.file), {
      signal: options.signal,
    });
  }

  async remove(sha256: string, { signal }: CallOptions): Promise<void> {
    signal.throwIfAborted();
    const path = this.pathOf(checkDigest(sha256));
    const removed = join(this.folder, `.removed-${randomUUID()}`);
    try {
      // Gone at once for everybody, then taken apart.
      await rename(path, removed);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
        return;
      }
      throw error;
    }
    await rm(removed, { recursive: true, force: true });
  }

  private pathOf(sha256: string): string {
    return join(this.folder, sha256);
  }

  private async has(sha256: string): Promise<boolean> {
    return stat(this.pathOf(sha256)).then(
      () => true,
      () => false,
    );
  }

  /** What is kept of this digest; kept files that have changed since are thrown away, as better ones are at hand. */
  private async kept(
    sha256: string,
    options: CallOptions,
  ): Promise<Artifact | undefined> {
    try {
      return await this.verify(sha256, options);
    } catch (error) {
      if (isError(error) && error.name === 'NotFoundError') {
        return undefined;
      }
      if (!isError(error) || error.name !== 'InputError') {
        throw error;
      }
      await this.remove(sha256, options);
      return undefined;
    }
  }

  private async manifest(sha256: string): Promise<Manifest> {
    const path = join(this.pathOf(checkDigest(sha256)), MANIFEST);
    if (!(await this.has(sha256))) {
      throw new NotFoundError(`There is no artefact ${sha256}.`);
    }
    const content = await readFile(path).catch(error => {
      throw new InputError(
        `Artefact ${sha256} differs from the manifest: ${MANIFEST} cannot be read.`,
        error,
      );
    });
    return readManifest(content, sha256);
  }

  /** The folder must hold what the manifest lists, nothing else, and not too much of it. */
  private async checkFiles(
    source: string,
    manifest: Manifest,
    manifestBytes: number,
  ) {
    const found = await filesBelow(source);
    const strange = found.find(
      name => name !== MANIFEST && !Object.hasOwn(manifest, name),
    );
    if (strange !== undefined) {
      throw new InputError(
        `The artefact has the file '${strange}', which its manifest does not list.`,
      );
    }
    let bytes = manifestBytes;
    for (const name of Object.keys(manifest)) {
      if (!found.includes(name)) {
        throw new InputError(
          `The manifest lists '${name}', which the artefact does not have.`,
        );
      }
      bytes += (await stat(join(source, name))).size;
    }
    if (bytes > this.maxBytes) {
      throw new InputError(
        `The artefact has ${bytes} bytes; at most ${this.maxBytes} are taken.`,
      );
    }
  }

  /** A folder that somebody else has put there meanwhile is as good; what the disk refuses gets a sentence. */
  private async explain(error: unknown, sha256: string) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOTEMPTY' || code === 'EEXIST') {
      return;
    }
    if (
      code &&
      ['ENOSPC', 'EDQUOT', 'EACCES', 'EROFS', 'ENOTDIR'].includes(code)
    ) {
      throw new ServiceUnavailableError(
        `Artefact ${sha256} cannot be kept in ${this.folder}: ${code}. Free space or make the folder writable, then register again.`,
        error,
      );
    }
    throw error;
  }
}

function checkDigest(sha256: string): string {
  if (!sha256Schema.safeParse(sha256).success) {
    throw new InputError(
      `sha256: '${sha256}' is not a sha256 in lower-case hex.`,
    );
  }
  return sha256;
}

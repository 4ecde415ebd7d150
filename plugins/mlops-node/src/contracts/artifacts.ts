import { Artifact } from '@mlops-portal/plugin-mlops-common';
import { CallOptions, Engine } from './engine';

/**
 * Keeps model artefacts, content-addressed by the digest of `manifest.json`. Capabilities: `maxBytes`.
 *
 * `ingest` copies what a run left at `uri` and checks every file against the manifest and the manifest against `sha256`;
 * a difference is an InputError naming the file and nothing is kept. The same digest twice is stored once.
 */
export interface ArtifactEngine extends Engine {
  ingest(
    request: { uri: string; sha256: string; format: string },
    options: CallOptions,
  ): Promise<Artifact>;
  /** Checks the digests again; NotFoundError or InputError ("differs from the manifest"). */
  verify(sha256: string, options: CallOptions): Promise<Artifact>;
  /** Content of one file of the artefact; NotFoundError if it is not in the manifest. */
  readFile(
    at: { sha256: string; file: string },
    options: CallOptions,
  ): Promise<Buffer>;
  remove(sha256: string, options: CallOptions): Promise<void>;
}

import {
  InferenceRequest,
  InferenceResponse,
  ServingState,
  Signature,
} from '@mlops-portal/plugin-mlops-common';
import { CallOptions, Engine } from './engine';
import { LogChunk } from './source';

/** One version in one endpoint: what must be loaded. */
export interface DesiredRevision {
  /** Ours; stable; never reused for another version. */
  id: string;
  model: string;
  /** As the registry writes it: "1", "2", ... */
  version: string;
  /** Folder or prefix; `sha256` is the digest of its manifest.json and is checked before anything is loaded. */
  artifact: { uri: string; sha256: string; format: string };
  signature: Signature;
}

export interface DesiredEndpoint {
  /** Name in the URL and of the model that clients call. */
  name: string;
  /** Grows with every change; an older one than was applied before is refused with a ConflictError (fencing). */
  generation: number;
  revisions: DesiredRevision[];
  /** Sums to 100 over ids in `revisions`, or is empty: nobody is answered yet. Revisions without a share are loaded and take no traffic. */
  traffic: Array<{ revisionId: string; percent: number }>;
}

export interface RevisionStatus {
  id: string;
  state: ServingState;
  reason?: string;
  percent: number;
  /** Counts since the revision took traffic in this endpoint. */
  requests: number;
  errors: number;
  /** Milliseconds over the last 5 minutes; absent without requests. */
  p50Ms?: number;
  p95Ms?: number;
}

export interface EndpointStatus {
  name: string;
  state: ServingState;
  reason?: string;
  /** Where clients post, complete: http://.../v2/models/<name>/infer */
  url: string;
  generation: number;
  revisions: RevisionStatus[];
  observedAt: string;
}

/**
 * Serves model versions behind a stable URL. Capabilities: `weightedTraffic`, `payloadLogging`, `survivesRestart`, `rollback`.
 *
 * Declarative: `apply` states what must be, returns once it is accepted, and is idempotent; `getStatus` says what is. Traffic
 * moves to a revision only when it answers; a revision that cannot load leaves the others alone. The endpoint checks each
 * request against the signature (names, types, shape): a wrong one is 400 naming the field, never a number.
 */
export interface ServingEngine extends Engine {
  apply(endpoint: DesiredEndpoint, options: CallOptions): Promise<void>;
  /** NotFoundError if nothing was applied under this name. */
  getStatus(name: string, options: CallOptions): Promise<EndpointStatus>;
  /** Ends every process of the endpoint; removing what does not exist succeeds. */
  remove(name: string, options: CallOptions): Promise<void>;
  /** Asks the endpoint like a client does; with `revisionId` that revision, whatever its share (not captured). */
  infer(
    at: { name: string; revisionId?: string },
    request: InferenceRequest,
    options: CallOptions,
  ): Promise<InferenceResponse>;
  getLog(
    at: { name: string; revisionId: string; offset: number },
    options: CallOptions,
  ): Promise<LogChunk>;
}

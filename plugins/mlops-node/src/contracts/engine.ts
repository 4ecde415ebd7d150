/** What every call to an engine may carry: cancel path and nothing else; time limits are the caller's. */
export interface CallOptions {
  signal: AbortSignal;
}

/** What an engine says of itself. What it cannot do is data, not an exception. */
export interface EngineInfo {
  /** Version of the system behind the engine, e.g. "kfp 2.17.0". */
  version: string;
  /** Flags and limits by name, e.g. `{ stop: true, cache: true }`. Names are listed with each contract. */
  capabilities: Record<string, boolean | number | string>;
  /** Where people can look for themselves. */
  links: Array<{ title: string; url: string }>;
}

/**
 * The part of an engine that all contracts share.
 *
 * An engine is made once at start-up by a backend module and registered through `mlopsEnginesExtensionPoint`. It holds no
 * state that matters: everything can be asked for again after a restart. Errors it throws are those of `@backstage/errors`,
 * with the object's name, the reason and the next step in the message.
 */
export interface Engine {
  /** Stable id, an open string: 'local', 'kubeflow', ... */
  readonly id: string;
  readonly title: string;
  /** Cheap; also the health check: rejects when the system behind does not answer. */
  getInfo(options: CallOptions): Promise<EngineInfo>;
}

import type {
  AuthService,
  BackstageCredentials,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import { MlopsApiError, MlopsClient } from '@mlops-portal/plugin-mlops-common';
import { outcomeUnknown, refusalOf } from './refusal';

/** What a call to the hub needs of the action that makes it. */
export interface Caller {
  getInitiatorCredentials(): Promise<BackstageCredentials>;
  signal?: AbortSignal;
}

export interface CallOptions {
  /** What is asked, for messages: "plan problem flight-delay". */
  what: string;
  timeoutMs: number;
  /** Asks again when the outcome of a call is unknown. Only for calls that may be repeated. */
  attempts?: number;
}

const PAUSE_MS = 500;

/** Calls the hub as the person who started the task. */
export class HubAccess {
  constructor(
    private readonly deps: {
      auth: AuthService;
      discovery: DiscoveryService;
      fetch?: typeof fetch;
      pauseMs?: number;
    },
  ) {}

  /**
   * One call with a time limit. A refusal rejects with InputError, ConflictError, NotFoundError or
   * NotAllowedError, an unknown outcome with ServiceUnavailableError, each with `what` and the reason.
   */
  async call<T>(
    caller: Caller,
    options: CallOptions,
    ask: (hub: MlopsClient, call: { signal: AbortSignal }) => Promise<T>,
  ): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        const limit = AbortSignal.timeout(options.timeoutMs);
        const signal = caller.signal
          ? AbortSignal.any([caller.signal, limit])
          : limit;
        return await ask(await this.client(caller), { signal });
      } catch (error) {
        if (caller.signal?.aborted) throw error;
        const known = error instanceof MlopsApiError && error.status < 500;
        if (known) throw refusalOf(options.what, error);
        if (attempt >= (options.attempts ?? 1)) {
          throw outcomeUnknown(options.what, error);
        }
        const pause = (this.deps.pauseMs ?? PAUSE_MS) * 2 ** (attempt - 1);
        await new Promise(resolve => setTimeout(resolve, pause));
      }
    }
  }

  private async client(caller: Caller): Promise<MlopsClient> {
    // Tokens live for minutes only: each call takes a fresh one.
    const { token } = await this.deps.auth.getPluginRequestToken({
      onBehalfOf: await caller.getInitiatorCredentials(),
      targetPluginId: 'mlops',
    });
    return new MlopsClient({
      baseUrl: () => this.deps.discovery.getBaseUrl('mlops'),
      fetch: this.deps.fetch ?? fetch,
      token,
    });
  }
}

import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  InferenceResponse,
  ServingState,
} from '@mlops-portal/plugin-mlops-common';
import {
  DesiredEndpoint,
  EndpointStatus,
  ServingEngine,
} from '@mlops-portal/plugin-mlops-node';

/** A fake: an engine whose revisions answer, err or stay silent as the test says. Held to the contract's generations. */
export class ScriptedServingEngine implements ServingEngine {
  readonly id = 'scripted';
  readonly title = 'Scripted';
  readonly applied: DesiredEndpoint[] = [];
  /** By version: state and counters that the engine reports. */
  readonly versions = new Map<
    string,
    { state?: ServingState; requests?: number; errors?: number; p95Ms?: number }
  >();
  down = false;
  /** How often it was told what is wanted. */
  attempts = 0;
  now = () => new Date();
  private readonly endpoints = new Map<string, DesiredEndpoint>();

  async getInfo() {
    return { version: 'test', capabilities: {}, links: [] };
  }

  async apply(endpoint: DesiredEndpoint) {
    this.attempts += 1;
    if (this.down) throw new Error('connection refused');
    const known = this.endpoints.get(endpoint.name);
    if (known && known.generation > endpoint.generation) {
      throw new ConflictError(
        `${endpoint.name} is at generation ${known.generation}`,
      );
    }
    if (
      known?.generation === endpoint.generation &&
      JSON.stringify(known) !== JSON.stringify(endpoint)
    ) {
      throw new ConflictError(
        `${endpoint.name}: another content for generation ${endpoint.generation}`,
      );
    }
    this.applied.push(endpoint);
    this.endpoints.set(endpoint.name, endpoint);
  }

  async getStatus(name: string): Promise<EndpointStatus> {
    if (this.down) throw new Error('connection refused');
    const endpoint = this.endpoints.get(name);
    if (!endpoint) throw new NotFoundError(`no endpoint ${name}`);
    return {
      name,
      state: 'answering',
      url: `http://gateway/v2/models/${name}/infer`,
      generation: endpoint.generation,
      observedAt: this.now().toISOString(),
      revisions: endpoint.revisions.map(revision => ({
        id: revision.id,
        percent:
          endpoint.traffic.find(t => t.revisionId === revision.id)?.percent ??
          0,
        state: this.versions.get(revision.version)?.state ?? 'answering',
        requests: this.versions.get(revision.version)?.requests ?? 0,
        errors: this.versions.get(revision.version)?.errors ?? 0,
        p95Ms: this.versions.get(revision.version)?.p95Ms,
      })),
    };
  }

  async remove(name: string) {
    this.endpoints.delete(name);
  }

  async infer(at: {
    name: string;
    revisionId?: string;
  }): Promise<InferenceResponse> {
    return { model_name: at.name, model_version: at.revisionId, outputs: [] };
  }

  async getLog() {
    return { text: '', nextOffset: 0, complete: true };
  }

  has(name: string) {
    return this.endpoints.has(name);
  }

  /** Shares by version, as the engine has them. */
  traffic(name: string): Record<string, number> {
    const endpoint = this.endpoints.get(name);
    return Object.fromEntries(
      (endpoint?.traffic ?? []).map(t => [
        endpoint!.revisions.find(r => r.id === t.revisionId)!.version,
        t.percent,
      ]),
    );
  }
}

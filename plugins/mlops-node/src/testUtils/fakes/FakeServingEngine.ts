import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import {
  ConflictError,
  InputError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import {
  InferenceRequest,
  InferenceResponse,
  ServingState,
} from '@mlops-portal/plugin-mlops-common';
import {
  CallOptions,
  DesiredEndpoint,
  DesiredRevision,
  EndpointStatus,
  ServingEngine,
} from '../../contracts';
import { FakeEngine } from './FakeEngine';
import { chunkOf } from './FakeSourceEngine';

/** A serving engine without processes: a revision answers with the number of its version. For tests of the hub. */
export class FakeServingEngine extends FakeEngine implements ServingEngine {
  readonly applied = new Map<string, DesiredEndpoint>();
  /** State by revision where it is not `answering`; tests write it. */
  readonly states = new Map<string, { state: ServingState; reason?: string }>();
  /** Requests and errors by revision. */
  readonly counts = new Map<string, { requests: number; errors: number }>();

  constructor(id = 'fake') {
    super(id, {
      weightedTraffic: true,
      payloadLogging: false,
      survivesRestart: false,
      rollback: true,
    });
  }

  async apply(endpoint: DesiredEndpoint, options: CallOptions): Promise<void> {
    this.enter('apply', options);
    const { name, generation, traffic, revisions } = endpoint;
    const sum = traffic.reduce((total, { percent }) => total + percent, 0);
    const known = traffic.every(({ revisionId }) =>
      revisions.some(({ id }) => id === revisionId),
    );
    if ((traffic.length > 0 && sum !== 100) || !known) {
      throw new InputError(`the traffic of ${name} must be 100 over revisions`);
    }
    const before = this.applied.get(name);
    const late = before && generation < before.generation;
    const other =
      before?.generation === generation && !isDeepStrictEqual(before, endpoint);
    if (late || other) {
      throw new ConflictError(
        `${name} is at generation ${before.generation} already`,
      );
    }
    this.applied.set(name, JSON.parse(JSON.stringify(endpoint)));
  }

  async getStatus(name: string, options: CallOptions): Promise<EndpointStatus> {
    this.enter('getStatus', options);
    const { generation, revisions, traffic } = this.known(name);
    return {
      name,
      state: 'answering',
      url: `http://fake.invalid/v2/models/${name}/infer`,
      generation,
      revisions: revisions.map(({ id }) => ({
        id,
        state: 'answering' as const,
        ...this.states.get(id),
        percent: traffic.find(t => t.revisionId === id)?.percent ?? 0,
        ...(this.counts.get(id) ?? { requests: 0, errors: 0 }),
      })),
      observedAt: new Date().toISOString(),
    };
  }

  async remove(name: string, options: CallOptions): Promise<void> {
    this.enter('remove', options);
    this.applied.delete(name);
  }

  async infer(
    at: { name: string; revisionId?: string },
    request: InferenceRequest,
    options: CallOptions,
  ): Promise<InferenceResponse> {
    this.enter('infer', options);
    const endpoint = this.known(at.name);
    const id = at.revisionId ?? drawn(endpoint);
    const revision = endpoint.revisions.find(r => r.id === id);
    if (!revision) throw new NotFoundError(`there is no revision ${id}`);
    const rows = check(revision, request);
    return {
      model_name: at.name,
      model_version: revision.version,
      id: request.id ?? randomUUID(),
      outputs: [
        {
          name: 'prediction',
          datatype: 'FP64',
          shape: [rows, 1],
          data: Array(rows).fill(Number(revision.version)),
        },
      ],
    };
  }

  async getLog(
    at: { name: string; revisionId: string; offset: number },
    options: CallOptions,
  ) {
    this.enter('getLog', options);
    const { revisions } = this.known(at.name);
    if (!revisions.some(({ id }) => id === at.revisionId)) {
      throw new NotFoundError(`there is no revision ${at.revisionId}`);
    }
    return chunkOf(`${at.revisionId} answers\n`, at.offset);
  }

  private known(name: string): DesiredEndpoint {
    const found = this.applied.get(name);
    if (!found) throw new NotFoundError(`there is no endpoint ${name}`);
    return found;
  }
}

function drawn({ name, traffic }: DesiredEndpoint): string {
  if (!traffic.length) {
    throw new ServiceUnavailableError(`${name} answers nobody yet`);
  }
  let left = Math.random() * 100;
  for (const { revisionId, percent } of traffic) {
    left -= percent;
    if (left < 0) return revisionId;
  }
  return traffic[0].revisionId;
}

/** Number of rows; InputError naming the input that is missing, unknown, twice there or of another type. */
function check(revision: DesiredRevision, request: InferenceRequest): number {
  const wanted = revision.signature.inputs;
  const given = request.inputs.map(({ name }) => name);
  const twice = given.find((name, i) => given.indexOf(name) !== i);
  if (twice) throw new InputError(`the input ${twice} is there twice`);
  const unknown = given.find(
    name => !wanted.some(input => input.name === name),
  );
  if (unknown) throw new InputError(`there is no input ${unknown}`);
  for (const { name } of wanted) {
    if (!given.includes(name))
      throw new InputError(`the input ${name} is missing`);
  }
  for (const { name, datatype, shape, data } of request.inputs) {
    const known = wanted.find(input => input.name === name)!;
    const text = known.datatype === 'BYTES';
    const fits = data.every(
      value => value === null || (typeof value === 'string') === text,
    );
    const column =
      shape.length === 2 && shape[1] === 1 && shape[0] === data.length;
    if (known.datatype !== datatype || !fits || !column) {
      throw new InputError(
        `the input ${name} is not a column of ${known.datatype}`,
      );
    }
  }
  return request.inputs[0].data.length;
}

import { setTimeout as sleep } from 'node:timers/promises';
import {
  InferenceRequest,
  InferenceResponse,
} from '@mlops-portal/plugin-mlops-common';
import {
  CallOptions,
  DesiredEndpoint,
  DesiredRevision,
  EndpointStatus,
  ServingEngine,
} from '../contracts';

export const PATIENCE = 5 * 60_000;

export interface ServingFixture {
  /** Two versions with the same signature that answer `request` differently. */
  revisions: [DesiredRevision, DesiredRevision];
  /** A version whose artefact is not the one with its digest. */
  broken: DesiredRevision;
  /** One row that both versions take; its first input is a number. */
  request: InferenceRequest;
}

export interface ServingEngineSubject {
  engine: ServingEngine;
  fixture: ServingFixture;
  dispose?: () => Promise<void>;
}

/** Leads one endpoint of the engine under test from state to state. */
export class ServingDriver {
  private generation = 0;
  private readonly options = { signal: new AbortController().signal };

  constructor(
    private readonly subject: ServingEngineSubject,
    private readonly name: string,
  ) {}

  /** Traffic in percent, in the order of the revisions, as the next generation. */
  async apply(
    revisions: DesiredRevision[],
    percents: number[],
  ): Promise<DesiredEndpoint> {
    this.generation += 1;
    const endpoint: DesiredEndpoint = {
      name: this.name,
      generation: this.generation,
      revisions,
      traffic: percents.map((percent, i) => ({
        revisionId: revisions[i].id,
        percent,
      })),
    };
    await this.subject.engine.apply(endpoint, this.options);
    return endpoint;
  }

  /** Every method but the one that makes something, asked for what does not exist. */
  strangers(): Record<string, (call: CallOptions) => Promise<unknown>> {
    const { engine, fixture } = this.subject;
    const name = 'never-applied';
    const at = { name, revisionId: fixture.revisions[0].id, offset: 0 };
    return {
      getStatus: call => engine.getStatus(name, call),
      remove: call => engine.remove(name, call),
      infer: call => engine.infer({ name }, fixture.request, call),
      getLog: call => engine.getLog(at, call),
    };
  }

  async until(
    reached: (status: EndpointStatus) => boolean,
  ): Promise<EndpointStatus> {
    let status: EndpointStatus | undefined;
    for (const end = Date.now() + PATIENCE; Date.now() < end; ) {
      status = await this.subject.engine.getStatus(this.name, this.options);
      if (reached(status)) {
        return status;
      }
      await sleep(200);
    }
    throw new Error(`Not there in time: ${JSON.stringify(status)}`);
  }

  /** Every revision answers and has the share it was given. */
  answering(percents: number[]): Promise<EndpointStatus> {
    return this.until(({ revisions }) =>
      percents.every(
        (percent, i) =>
          revisions[i]?.percent === percent &&
          revisions[i]?.state === 'answering',
      ),
    );
  }

  ask(revisionId?: string): Promise<InferenceResponse> {
    return this.subject.engine.infer(
      { name: this.name, revisionId },
      this.subject.fixture.request,
      this.options,
    );
  }
}

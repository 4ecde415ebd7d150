import { randomUUID } from 'node:crypto';
import { mockServices } from '@backstage/backend-test-utils';
import { NotFoundError } from '@backstage/errors';
import { RiskClass } from '@mlops-portal/plugin-mlops-common';
import { FakeArtifactEngine } from '@mlops-portal/plugin-mlops-node/testUtils';
import { Knex } from 'knex';
import { EngineRegistry } from '../../engines/EngineRegistry';
import { parseRunEvent } from '../../openlineage/runEvent';
import { artefactFiles, modelEvent } from '../../__testUtils__/story';
import { LeaseStore } from '../../jobs/LeaseStore';
import { Outbox } from '../../jobs/Outbox';
import { createRegistrySlice } from '..';
import { VersionStore } from '../VersionStore';
import { VersionWorker } from '../VersionWorker';

const { signal } = new AbortController();

/** The registry on a database with fakes around it; rounds of its workers are run by the test. */
export function registryHub(
  knex: Knex,
  artifacts = new FakeArtifactEngine(),
  settings: { allowSelfApproval?: boolean; risk?: RiskClass } = {},
) {
  const logger = mockServices.logger.mock();
  const leases = new LeaseStore(knex);
  const outbox = new Outbox({ knex, leases, logger });
  const engines = new EngineRegistry();
  engines.addEngine('artifacts', artifacts);
  const { allowSelfApproval = false, risk = 'limited' } = settings;
  const lineage = {
    addEdge: jest.fn(async () => undefined),
    endEdge: jest.fn(async () => undefined),
    moveEdge: jest.fn(async () => undefined),
    openEdges: jest.fn(async () => []),
    putNode: jest.fn(async () => undefined),
  };
  const parts = createRegistrySlice({
    knex,
    engines,
    leases,
    outbox,
    logger,
    lineage,
    config: mockServices.rootConfig({
      data: { mlops: { approvals: { allowSelfApproval } } },
    }),
    permissions: mockServices.permissions(),
    pipelines: {
      getRun: async (id: string) => {
        throw new NotFoundError(`there is no run ${id}`);
      },
      noteVersion: jest.fn(),
    } as never,
    problems: {
      facts: async () => ({ metric: { name: 'roc_auc' }, riskClass: risk }),
    } as never,
    dataVersionOf: async () => 'd'.repeat(64),
  });
  const worker = new VersionWorker({
    engines,
    leases,
    outbox,
    logger,
    versions: new VersionStore(knex),
  });
  const { slice, handlers } = parts;
  return {
    slice,
    handlers,
    artifacts,
    outbox,
    lineage,
    check: () => worker.round(signal),
    deliver: () => outbox.deliver(signal),
    /** A run reports a model; gives the event. */
    async report(
      weights: string,
      changes: Parameters<typeof modelEvent>[1] = {},
      runId: string = randomUUID(),
    ) {
      const uri = `fake://runs/${runId}`;
      const sha256 = artifacts.leave(uri, artefactFiles(weights));
      const event = parseRunEvent(modelEvent({ runId, uri, sha256 }, changes));
      slice.consumer.check(event);
      await slice.consumer.take(event);
      return event;
    },
  };
}

export const as = (actor: string) => ({
  actor,
  credentials: {} as never,
  signal,
});

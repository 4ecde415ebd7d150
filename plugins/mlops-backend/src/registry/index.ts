import { Approval, VersionDetail } from '@mlops-portal/plugin-mlops-common';
import { Knex } from 'knex';
import { HubContext, SliceParts } from '../context';
import { EventConsumer } from '../openlineage/runEvent';
import { Slices } from '../links';
import { RegistrySlice } from '../slices';
import { APPROVAL_DECIDED, ApprovalService } from './ApprovalService';
import { ApprovalStore } from './ApprovalStore';
import { registryHandlers, RegistryRouteId } from './handlers';
import { ModelEventConsumer } from './ModelEventConsumer';
import { ModelStore } from './ModelStore';
import { registryLineage } from './registryLineage';
import {
  TRAFFIC_CHANGED,
  TrafficChanged,
  TrafficService,
} from './TrafficService';
import { stagesOf } from './stages';
import { VersionRow } from './versionRow';
import { VersionReader } from './VersionReader';
import { VersionStore } from './VersionStore';
import { VERSION_READY, VersionWorker } from './VersionWorker';

export interface RegistryDeps
  extends Pick<
      HubContext,
      | 'knex'
      | 'engines'
      | 'leases'
      | 'outbox'
      | 'logger'
      | 'config'
      | 'permissions'
    >,
    Pick<Slices, 'pipelines' | 'problems' | 'lineage'> {
  dataVersionOf(runId: string): Promise<string | undefined>;
}

/** What only the hub's own parts may ask of the registry besides its interface. */
export interface RegistryInside {
  /** Makes versions of the models that runs report. */
  consumer: EventConsumer;
  listApprovals(filter: {
    state?: Approval['state'];
    model?: string;
  }): Promise<Approval[]>;
  /** Removes a model that is taken back. */
  forget(model: string): Promise<void>;
}

/** Models, versions, aliases, stages, transitions and approvals. */
export function createRegistrySlice(
  deps: RegistryDeps,
): SliceParts<RegistrySlice & RegistryInside, RegistryRouteId> {
  const { knex, outbox, engines } = deps;
  const stages = stagesOf(deps.config);
  const versions = new VersionStore(knex, stages[0]);
  const models = new ModelStore(knex);
  const approvals = new ApprovalStore(knex);
  const service = new ApprovalService({
    ...deps,
    approvals,
    versions,
    selfApprovalAllowed:
      deps.config.getOptionalBoolean('mlops.approvals.allowSelfApproval') ??
      false,
    productionOf: model => productionOf(knex, versions, model),
  });
  const approvalsOf = async (model: string, of: number[]) =>
    Promise.all(
      (await approvals.ofModel(model, of)).map(row => service.view(row)),
    );
  const reader = new VersionReader({
    knex,
    versions,
    stages,
    approvalsOf,
  });
  const traffic = new TrafficService({
    ...deps,
    versions,
    withdraw: (model, version, by) => service.withdraw(model, version, by),
  });
  const worker = new VersionWorker({ ...deps, versions });
  const slice: RegistrySlice & RegistryInside = {
    getVersion: (model, version) => reader.detail(model, version),
    modelNames: () => models.names(),
    async listVersions(model) {
      const page = await versions.list({ model, limit: 1000, offset: 0 });
      return await reader.views(page.rows);
    },
    champion: model => reader.byAlias(model, 'champion'),
    async approvalOf(model, version) {
      const row = await approvals.newest(model, version);
      return row && (await service.view(row));
    },
    requestApproval: request => service.request(request),
    noteTraffic: change => traffic.note(change),
    async readArtifact(model, version, file) {
      const { sha256, engine } = await versions.row(model, version);
      const { signal } = new AbortController();
      return await engines
        .get('artifacts', engine)
        .readFile({ sha256, file }, { signal });
    },
    ...listeners(outbox, reader, approvals, service),
    consumer: new ModelEventConsumer({
      ...deps,
      versions,
      wake: () => worker.wake(),
    }),
    async listApprovals(filter) {
      const page = await approvals.list({ ...filter, limit: 200, offset: 0 });
      return await Promise.all(page.rows.map(row => service.view(row)));
    },
    forget: model => models.remove(model),
  };
  const { onApproval, onTraffic } = registryLineage(deps.lineage);
  slice.onApprovalDecided(onApproval);
  outbox.on(TRAFFIC_CHANGED, 'lineage', told =>
    onTraffic(told as TrafficChanged),
  );
  return {
    slice,
    handlers: registryHandlers({
      ...deps,
      models,
      versions,
      reader,
      approvals,
      service,
      stages,
    }),
    start: () => worker.start(),
    stop: () => worker.stop(),
  };
}

/** Version that the alias champion names. */
async function productionOf(
  knex: Knex,
  versions: VersionStore,
  model: string,
): Promise<VersionRow | undefined> {
  const champion = await knex('model_aliases')
    .where({ model, alias: 'champion' })
    .first();
  return champion && (await versions.row(model, champion.version));
}

/** One entry of the outbox tells all listeners of a topic; when one of them fails, all are told again. */
function listeners(
  outbox: HubContext['outbox'],
  reader: VersionReader,
  approvals: ApprovalStore,
  service: ApprovalService,
): Pick<RegistrySlice, 'onVersionReady' | 'onApprovalDecided'> {
  const ready: Array<(version: VersionDetail) => Promise<void>> = [];
  const decided: Array<(approval: Approval) => Promise<void>> = [];
  outbox.on(VERSION_READY, 'hub', async fact => {
    const { model, version } = fact as { model: string; version: number };
    await tellAll(ready, await reader.detail(model, version));
  });
  outbox.on(APPROVAL_DECIDED, 'hub', async fact => {
    const row = await approvals.row((fact as { id: string }).id);
    await tellAll(decided, await service.view(row));
  });
  return {
    onVersionReady: listener => void ready.push(listener),
    onApprovalDecided: listener => void decided.push(listener),
  };
}

/** Each hears it, also when one before it failed; then the first failure is thrown. */
async function tellAll<T>(
  all: Array<(fact: T) => Promise<void>>,
  fact: T,
): Promise<void> {
  const told = await Promise.allSettled(all.map(async act => act(fact)));
  const failed = told.find(result => result.status === 'rejected');
  if (failed) throw failed.reason;
}

import { PermissionsService } from '@backstage/backend-plugin-api';
import { ConflictError, NotFoundError } from '@backstage/errors';
import { mlopsPermissions } from '@mlops-portal/plugin-mlops-common';
import { Knex } from 'knex';
import { requirePermission } from '../router/caller';
import { FieldsError } from '../router/errors';
import { SliceHandlers } from '../router/handlers';
import { ApprovalService } from './ApprovalService';
import { ApprovalStore } from './ApprovalStore';
import { compare } from './compare';
import { ModelStore } from './ModelStore';
import { VersionReader } from './VersionReader';
import { VersionStore } from './VersionStore';

export type RegistryRouteId =
  | 'listModels'
  | 'getModel'
  | 'listVersions'
  | 'getVersion'
  | 'compareVersions'
  | 'setStage'
  | 'setAlias'
  | 'requestApproval'
  | 'listApprovals'
  | 'getApproval'
  | 'decideApproval';

export interface RegistryHandlerDeps {
  knex: Knex;
  models: ModelStore;
  versions: VersionStore;
  reader: VersionReader;
  approvals: ApprovalStore;
  service: ApprovalService;
  permissions: PermissionsService;
  stages: string[];
}

/** Aliases that follow the traffic. */
const FOLLOWING = ['champion', 'challenger'];

export function registryHandlers(
  deps: RegistryHandlerDeps,
): SliceHandlers<RegistryRouteId> {
  return {
    ...readHandlers(deps),
    ...changeHandlers(deps),
    ...approvalHandlers(deps),
  };
}

function readHandlers({ models, versions, reader }: RegistryHandlerDeps) {
  const model = async (name: string) => {
    const { rows } = await models.list({ name, limit: 1, offset: 0 });
    if (!rows.length) {
      throw new NotFoundError(
        `there is no model ${name}: the first run that succeeds makes it`,
      );
    }
    return rows[0];
  };
  const handlers: SliceHandlers<
    | 'listModels'
    | 'getModel'
    | 'listVersions'
    | 'getVersion'
    | 'compareVersions'
  > = {
    async listModels({ query }) {
      const { rows, total } = await models.list(query);
      const items = await Promise.all(rows.map(row => reader.model(row)));
      return { items, total };
    },
    async getModel({ params }) {
      return await reader.model(await model(params.name));
    },
    async listVersions({ params, query }) {
      await model(params.name);
      const page = await versions.list({ ...query, model: params.name });
      return { items: await reader.views(page.rows), total: page.total };
    },
    async getVersion({ params }) {
      return await reader.detail(params.name, params.version);
    },
    async compareVersions({ params, query }) {
      const numbers = query.versions.split(',').map(Number);
      if (new Set(numbers).size < numbers.length) {
        const message = 'names one version twice';
        throw new FieldsError([{ field: 'query.versions', message }]);
      }
      const all = numbers.map(n => reader.detail(params.name, n));
      return compare(await Promise.all(all));
    },
  };
  return handlers;
}

function changeHandlers(deps: RegistryHandlerDeps) {
  const { knex, versions, reader, stages } = deps;
  const handlers: SliceHandlers<'setStage' | 'setAlias'> = {
    async setStage({ params: { name, version }, body }, { actor }) {
      const row = await versions.row(name, version);
      const { stage, reason } = body;
      if (!stages.includes(stage)) {
        const message = `"${stage}" is not a stage: give one of ${stages.join(
          ', ',
        )}`;
        throw new FieldsError([{ field: 'stage', message }]);
      }
      const production = [stage, row.stage].includes('production');
      if (production && stage !== row.stage) {
        throw new ConflictError(
          `version ${version} of ${name} reaches and leaves production only through an endpoint: deploy, roll back or retire there`,
        );
      }
      await versions.setStage(row, stage, { actor, reason });
      return await reader.view(name, version);
    },
    async setAlias({ params: { name, alias }, body }, { actor }) {
      const { version, reason } = body;
      if (FOLLOWING.includes(alias)) {
        throw new ConflictError(
          `the alias ${alias} of ${name} follows the endpoint: deploy or roll back there`,
        );
      }
      await versions.row(name, version);
      await knex.transaction(async trx => {
        const where = { model: name, alias };
        const before = await trx('model_aliases').where(where).first();
        if (before?.version === version) return;
        await trx('model_aliases')
          .insert({ ...where, version })
          .onConflict(['model', 'alias'])
          .merge({ version });
        const entry = { model: name, actor, what: 'alias', reason };
        if (before) {
          await versions.transition(
            { ...entry, version: before.version, from: alias },
            trx,
          );
        }
        await versions.transition({ ...entry, version, to: alias }, trx);
      });
      return await reader.view(name, version);
    },
  };
  return handlers;
}

function approvalHandlers(deps: RegistryHandlerDeps) {
  const { approvals, service, permissions } = deps;
  const handlers: SliceHandlers<
    'requestApproval' | 'listApprovals' | 'getApproval' | 'decideApproval'
  > = {
    async requestApproval({ body }, { actor }) {
      const endpoint = body.endpoint ?? body.model;
      return await service.request({ ...body, endpoint, actor });
    },
    async listApprovals({ query }) {
      const { rows, total } = await approvals.list(query);
      const items = await Promise.all(rows.map(row => service.view(row)));
      return { items, total };
    },
    async getApproval({ params }) {
      return await service.view(await approvals.row(params.id));
    },
    async decideApproval({ params, body }, caller) {
      const { actor } = caller;
      const permission = mlopsPermissions['mlops.version.change'];
      return await service.decide(params.id, {
        ...body,
        actor,
        mayExcept: () => requirePermission(permissions, permission, caller),
      });
    },
  };
  return handlers;
}

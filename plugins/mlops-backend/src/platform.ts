import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { mlopsPermissions } from '@mlops-portal/plugin-mlops-common';
import { HubContext } from './context';
import { SliceHandlers } from './router/handlers';

/** Routes about the hub itself: engines, audit, who asks. */
export function platformHandlers(
  context: Pick<HubContext, 'engines' | 'audit' | 'permissions' | 'config'>,
): SliceHandlers<'listEngines' | 'recheckEngines' | 'listAudit' | 'whoAmI'> {
  const { engines, audit, permissions, config } = context;
  return {
    async listEngines() {
      return { items: engines.status() };
    },
    async recheckEngines(_, { signal }) {
      return { items: await engines.check(signal) };
    },
    async listAudit({ query }) {
      return await audit.list(query);
    },
    async whoAmI(_, { actor, credentials }) {
      const asked = Object.values(mlopsPermissions);
      const decisions = await permissions.authorize(
        asked.map(permission => ({ permission })),
        { credentials },
      );
      return {
        actor,
        permissions: Object.fromEntries(
          asked.map(({ name }, i) => [
            name,
            decisions[i].result === AuthorizeResult.ALLOW,
          ]),
        ),
        onePerson:
          config.getOptionalBoolean('mlops.approvals.allowSelfApproval') ??
          false,
      };
    },
  };
}

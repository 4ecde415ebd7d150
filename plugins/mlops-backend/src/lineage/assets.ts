import {
  PermissionsRegistryService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  createPermissionResourceRef,
  createPermissionRule,
} from '@backstage/plugin-permission-node';
import {
  MLOPS_ASSET,
  mlopsAssetReadPermission,
} from '@mlops-portal/plugin-mlops-common';
import { z } from 'zod';
import { RequestContext } from '../router/handlers';

/** An object of lineage as rules of a permission policy see it. */
export interface Asset {
  /** `kind:name` */
  id: string;
  kind: string;
}

export const assetRef = createPermissionResourceRef<Asset, never>().with({
  pluginId: 'mlops',
  resourceType: MLOPS_ASSET,
});

/** For policies: `{ not: isOfKind({ kinds: ['data'] }) }` hides every node of data. */
export const isOfKind = createPermissionRule({
  name: 'IS_OF_KIND',
  description: 'The object is of one of these kinds: data, commit, run, ...',
  resourceRef: assetRef,
  paramsSchema: z.object({ kinds: z.array(z.string()) }),
  apply: (asset, { kinds }) => kinds.includes(asset.kind),
  toQuery: () => {
    throw new Error('objects of lineage are read one by one, not by a query');
  },
});

/** For policies: objects by their name, `kind:name`; a star at the end stands for any rest. */
export const isNamed = createPermissionRule({
  name: 'IS_NAMED',
  description: 'The object has one of these names, e.g. problem:payroll*',
  resourceRef: assetRef,
  paramsSchema: z.object({ names: z.array(z.string()) }),
  apply: (asset, { names }) =>
    names.some(name =>
      name.endsWith('*')
        ? asset.id.startsWith(name.slice(0, -1))
        : asset.id === name,
    ),
  toQuery: () => {
    throw new Error('objects of lineage are read one by one, not by a query');
  },
});

export function assetOf(id: string): Asset {
  return { id, kind: id.slice(0, Math.max(0, id.indexOf(':'))) };
}

/** Lets permission policies decide on single objects. */
export function registerAssets(registry: PermissionsRegistryService): void {
  registry.addResourceType({
    resourceRef: assetRef,
    permissions: [mlopsAssetReadPermission],
    rules: [isOfKind, isNamed],
    getResources: async ids => ids.map(assetOf),
  });
}

/** Which of the objects the caller may read. */
export async function readableAssets(
  permissions: PermissionsService,
  ids: string[],
  { credentials }: Pick<RequestContext, 'credentials'>,
): Promise<Set<string>> {
  if (!ids.length) return new Set();
  const decisions = await permissions.authorize(
    ids.map(resourceRef => ({
      permission: mlopsAssetReadPermission,
      resourceRef,
    })),
    { credentials },
  );
  return new Set(
    ids.filter((_, i) => decisions[i].result === AuthorizeResult.ALLOW),
  );
}

import {
  BasicPermission,
  createPermission,
  ResourcePermission,
} from '@backstage/plugin-permission-common';
import { RoutePermission } from './api/route';

/** Type of what lineage is made of, for permission policies: its objects are named `kind:name`, e.g. `data:<digest>`. */
export const MLOPS_ASSET = 'mlops-asset';

/** Whether a caller may read one object of lineage; where not, its place stays and its name does not. */
export const mlopsAssetReadPermission: ResourcePermission<typeof MLOPS_ASSET> =
  createPermission({
    name: 'mlops.asset.read',
    attributes: { action: 'read' },
    resourceType: MLOPS_ASSET,
  });

function permission(
  name: RoutePermission,
  action: 'read' | 'create' | 'update',
) {
  return createPermission({ name, attributes: { action } });
}

/** Every permission of the portal by name; each route asks for one. */
export const mlopsPermissions: Record<RoutePermission, BasicPermission> = {
  'mlops.read': permission('mlops.read', 'read'),
  'mlops.problem.create': permission('mlops.problem.create', 'create'),
  'mlops.run.start': permission('mlops.run.start', 'create'),
  'mlops.run.stop': permission('mlops.run.stop', 'update'),
  'mlops.version.change': permission('mlops.version.change', 'update'),
  'mlops.approval.request': permission('mlops.approval.request', 'create'),
  'mlops.approval.decide': permission('mlops.approval.decide', 'update'),
  'mlops.endpoint.change': permission('mlops.endpoint.change', 'update'),
  'mlops.endpoint.infer': permission('mlops.endpoint.infer', 'create'),
  'mlops.alert.change': permission('mlops.alert.change', 'update'),
  'mlops.retraining.change': permission('mlops.retraining.change', 'update'),
  'mlops.events.write': permission('mlops.events.write', 'create'),
  'mlops.audit.read': permission('mlops.audit.read', 'read'),
};

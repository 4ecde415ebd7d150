import {
  AuthService,
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  BasicPermission,
} from '@backstage/plugin-permission-common';

/** Name of the caller as it is recorded: the user's entity ref, 'service:<subject>' for tokens. */
export function actorOf(
  auth: AuthService,
  credentials: BackstageCredentials,
): string {
  if (auth.isPrincipal(credentials, 'user')) {
    return credentials.principal.userEntityRef;
  }
  if (auth.isPrincipal(credentials, 'service')) {
    return `service:${credentials.principal.subject.replace(/^external:/, '')}`;
  }
  throw new NotAllowedError('sign in or send the token of a service');
}

/** NotAllowedError naming the permission that is missing. */
export async function requirePermission(
  permissions: PermissionsService,
  permission: BasicPermission,
  caller: { credentials: BackstageCredentials; actor: string },
): Promise<void> {
  const [decision] = await permissions.authorize([{ permission }], {
    credentials: caller.credentials,
  });
  if (decision.result !== AuthorizeResult.ALLOW) {
    throw new NotAllowedError(
      `${caller.actor} lacks the permission ${permission.name}: ask whoever keeps the permission policy`,
    );
  }
}

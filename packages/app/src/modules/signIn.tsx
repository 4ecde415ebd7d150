import { ProxiedSignInPage, SignInPage } from '@backstage/core-components';
import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import {
  SignInPageBlueprint,
  SignInPageProps,
} from '@backstage/plugin-app-react';

/** Guest is the only provider on a laptop: it signs in without a click. With others configured the page asks. */
export function PortalSignIn(props: SignInPageProps) {
  const config = useApi(configApiRef);
  const providers = config.getOptionalConfig('auth.providers')?.keys() ?? [];
  return providers.every(name => name === 'guest') ? (
    <ProxiedSignInPage {...props} provider="guest" />
  ) : (
    <SignInPage {...props} providers={['guest']} />
  );
}

export const signInPage = SignInPageBlueprint.make({
  params: { loader: async () => PortalSignIn },
});

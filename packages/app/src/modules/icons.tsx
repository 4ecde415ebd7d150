import { IconBundleBlueprint } from '@backstage/plugin-app-react';
import { kindIcons } from './kinds';

/** Icons of our kinds where Backstage asks for `kind:<kind>`. */
export const kindIconBundle = IconBundleBlueprint.make({
  name: 'ml-kinds',
  params: {
    icons: Object.fromEntries(
      Object.entries(kindIcons).map(([kind, Icon]) => [
        `kind:${kind}`,
        <Icon key={kind} />,
      ]),
    ),
  },
});

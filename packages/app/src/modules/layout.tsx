import {
  coreExtensionData,
  createExtension,
  createExtensionInput,
} from '@backstage/frontend-plugin-api';
import { NavContentBlueprint } from '@backstage/plugin-app-react';
import { PortalNav } from '@mlops-portal/plugin-mlops';

export const navigation = NavContentBlueprint.make({
  params: {
    component: ({ navItems }) => (
      <PortalNav hrefOf={id => navItems.clone().take(id)?.href} />
    ),
  },
});

/** Navigation at the start, content beside it: a grid without fixed sides, where Backstage's own layout only knows left. */
export const layout = createExtension({
  name: 'layout',
  attachTo: { id: 'app/root', input: 'children' },
  inputs: {
    nav: createExtensionInput([coreExtensionData.reactElement], {
      singleton: true,
    }),
    content: createExtensionInput([coreExtensionData.reactElement], {
      singleton: true,
    }),
  },
  output: [coreExtensionData.reactElement],
  factory: ({ inputs }) => [
    coreExtensionData.reactElement(
      <div className="ml-app">
        {inputs.nav.get(coreExtensionData.reactElement)}
        <div className="ml-content" id="content" tabIndex={-1}>
          {inputs.content.get(coreExtensionData.reactElement)}
        </div>
      </div>,
    ),
  ],
});

import {
  ExtensionBoundary,
  coreExtensionData,
} from '@backstage/frontend-plugin-api';
import catalogPlugin from '@backstage/plugin-catalog/alpha';

/** The list of entities with columns that leave room for names. */
export const catalogIndex = catalogPlugin
  .getExtension('page:catalog')
  .override({
    factory(original, { node, inputs }) {
      const filters = inputs.filters.map(filter =>
        filter.get(coreExtensionData.reactElement),
      );
      return [
        ...original(),
        coreExtensionData.reactElement(
          ExtensionBoundary.lazy(node, () =>
            import('./CatalogList').then(m => (
              <m.CatalogList filters={filters} />
            )),
          ),
        ),
      ];
    },
  });

import { createApp } from '@backstage/frontend-defaults';
import { catalogModule } from './modules/catalog';
import { catalogImportModule } from './modules/catalogImport';
import { graphModule } from './modules/graph';
import { portalModule } from './modules/portal';

/** Plugins are found among the dependencies (`app.packages: all`); only what is the app's own is listed here. */
export default createApp({
  features: [portalModule, catalogModule, catalogImportModule, graphModule],
});

import { rootHttpRouterServiceFactory } from '@backstage/backend-defaults/rootHttpRouter';
import { explainDatabase } from './explainDatabase';

/** The router of Backstage, whose answers do not show what a database says. */
export const httpRouter = rootHttpRouterServiceFactory({
  configure({ app, applyDefaults }) {
    app.use(explainDatabase);
    applyDefaults();
  },
});

import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { kindIconBundle } from './icons';
import { languageDirection } from './language';
import { layout, navigation } from './layout';
import { notFoundPage } from './notFound';
import { signInPage } from './signIn';
import { darkTheme, lightTheme } from './theme';

/** Navigation, layout, themes, sign-in and direction of text of the portal. */
export const portalModule = createFrontendModule({
  pluginId: 'app',
  extensions: [
    layout,
    navigation,
    lightTheme,
    darkTheme,
    languageDirection,
    signInPage,
    notFoundPage,
    kindIconBundle,
  ],
});

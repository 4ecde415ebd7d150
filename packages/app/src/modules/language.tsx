import { useEffect } from 'react';
import {
  AppRootElementBlueprint,
  appLanguageApiRef,
  useApi,
} from '@backstage/frontend-plugin-api';

const RIGHT_TO_LEFT = ['ar', 'fa', 'he', 'ur'];

/** Language and direction of the whole document follow the language that was chosen. */
export function LanguageDirection() {
  const languages = useApi(appLanguageApiRef);
  useEffect(() => {
    const apply = (language: string) => {
      const root = document.documentElement;
      root.lang = language;
      root.dir = RIGHT_TO_LEFT.includes(language.split('-')[0]) ? 'rtl' : 'ltr';
    };
    apply(languages.getLanguage().language);
    const subscription = languages
      .language$()
      .subscribe(({ language }) => apply(language));
    return () => subscription.unsubscribe();
  }, [languages]);
  return null;
}

export const languageDirection = AppRootElementBlueprint.make({
  name: 'language-direction',
  params: { element: <LanguageDirection /> },
});

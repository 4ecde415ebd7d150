import type {
  AlertApi,
  FetchApi,
  TranslationApi,
  TranslationFunction,
} from '@backstage/frontend-plugin-api';
import type {
  AnalyzeResult,
  CatalogImportApi,
} from '@backstage/plugin-catalog-import';
import { mlopsTranslationRef } from '@mlops-portal/plugin-mlops';

interface Documents {
  entities: Array<{ kind: string; namespace: string; name: string }>;
  refused: Array<{ what: string; reason: string }>;
}

/** The portal's messages in the language of the reader. */
export type Words = TranslationFunction<(typeof mlopsTranslationRef)['T']>;

/** What the page says beside the entities that can be imported. */
export function refusalText(
  t: Words,
  { refused, entities }: Documents,
): string {
  const list = refused.map(({ what, reason }) => `${what}: ${reason}`);
  return t('import.refused', {
    list: list.join('; '),
    rest: t('import.others', { count: entities.length }),
  });
}

/** Messages of a language that is loaded only once it is chosen: waits until they are there. */
export function wordsOf(translationApi: TranslationApi): Promise<Words> {
  const now = translationApi.getTranslation(mlopsTranslationRef);
  if (now.ready) return Promise.resolve(now.t);
  return new Promise(resolve => {
    const subscription = translationApi
      .translation$(mlopsTranslationRef)
      .subscribe(next => {
        if (!next.ready) return;
        resolve(next.t);
        subscription.unsubscribe();
      });
  });
}

/**
 * The import of entities as the catalog brings it, but a broken entity of a file harms only itself: where the trial
 * of the whole file is refused, each document is asked for, the sound ones go on and the page names the others.
 */
export function tolerantImport(
  upstream: CatalogImportApi,
  deps: {
    fetchApi: FetchApi;
    alertApi: AlertApi;
    translationApi: TranslationApi;
  },
): CatalogImportApi {
  const documentsOf = async (url: string): Promise<Documents | undefined> => {
    const answer = await deps.fetchApi.fetch(
      `plugin://catalog/mlops-documents?target=${encodeURIComponent(url)}`,
    );
    return answer.ok ? answer.json() : undefined;
  };
  const analyzeUrl = async (url: string): Promise<AnalyzeResult> => {
    try {
      return await upstream.analyzeUrl(url);
    } catch (error) {
      const documents = await documentsOf(url).catch(() => undefined);
      if (!documents?.entities.length || !documents.refused.length) throw error;
      deps.alertApi.post({
        message: refusalText(await wordsOf(deps.translationApi), documents),
        severity: 'warning',
        display: 'permanent',
      });
      const { entities } = documents;
      return {
        type: 'locations',
        locations: [{ target: url, exists: false, entities }],
      };
    }
  };
  return {
    analyzeUrl,
    preparePullRequest: upstream.preparePullRequest?.bind(upstream),
    submitPullRequest: upstream.submitPullRequest.bind(upstream),
  };
}

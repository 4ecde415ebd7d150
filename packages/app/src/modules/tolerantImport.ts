import type { AlertApi, FetchApi } from '@backstage/frontend-plugin-api';
import type {
  AnalyzeResult,
  CatalogImportApi,
} from '@backstage/plugin-catalog-import';

interface Documents {
  entities: Array<{ kind: string; namespace: string; name: string }>;
  refused: Array<{ what: string; reason: string }>;
}

/** What the page says beside the entities that can be imported. */
export function refusalText({ refused, entities }: Documents): string {
  const list = refused.map(({ what, reason }) => `${what}: ${reason}`);
  const rest =
    entities.length === 1
      ? 'The other entity can be imported.'
      : `The other ${entities.length} entities can be imported.`;
  return `Refused: ${list.join('; ')}. ${rest}`;
}

/**
 * The import of entities as the catalog brings it, but a broken entity of a file harms only itself: where the trial
 * of the whole file is refused, each document is asked for, the sound ones go on and the page names the others.
 */
export function tolerantImport(
  upstream: CatalogImportApi,
  deps: { fetchApi: FetchApi; alertApi: AlertApi },
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
        message: refusalText(documents),
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

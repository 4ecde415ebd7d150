import type { CatalogImportApi } from '@backstage/plugin-catalog-import';
import { mockApis } from '@backstage/frontend-test-utils';
import { refusalText, tolerantImport, wordsOf } from './tolerantImport';

jest.setTimeout(60_000);
const translationApi = mockApis.translation();

const URL = 'http://git/catalog-info.yaml';
const good = { kind: 'MLProblem', namespace: 'default', name: 'good' };
const refused = { what: 'mlmodel:default/x', reason: 'spec.type is missing' };
const error = new Error('Processor ModelProcessor threw an error');

function importing(
  analyzeUrl: CatalogImportApi['analyzeUrl'],
  documents?: object,
) {
  const alerts: Array<{ message: string }> = [];
  const asked: string[] = [];
  const api = tolerantImport(
    { analyzeUrl, submitPullRequest: jest.fn() },
    {
      alertApi: { post: alert => alerts.push(alert), alert$: jest.fn() },
      translationApi,
      fetchApi: {
        fetch: async input => {
          asked.push(String(input));
          return {
            ok: Boolean(documents),
            json: async () => documents,
          } as Response;
        },
      },
    },
  );
  return { api, alerts, asked };
}
const refuses = async () => {
  throw error;
};

describe('import of a file of entities', () => {
  it('is the catalog’s own where every entity is sound', async () => {
    const whole = { type: 'locations' as const, locations: [] };
    const { api, asked } = importing(async () => whole);
    expect(await api.analyzeUrl(URL)).toBe(whole);
    expect(asked).toEqual([]);
  });

  it('goes on with the sound entities and names the broken ones', async () => {
    const { api, alerts, asked } = importing(refuses, {
      entities: [good],
      refused: [refused],
    });
    expect(await api.analyzeUrl(URL)).toEqual({
      type: 'locations',
      locations: [{ target: URL, exists: false, entities: [good] }],
    });
    expect(asked).toEqual([
      'plugin://catalog/mlops-documents?target=http%3A%2F%2Fgit%2Fcatalog-info.yaml',
    ]);
    expect(alerts).toEqual([
      expect.objectContaining({
        message:
          'Refused: mlmodel:default/x: spec.type is missing. The other entity can be imported.',
        severity: 'warning',
      }),
    ]);
  });

  it.each([
    ['no entity is sound', { entities: [], refused: [refused] }],
    ['it failed for another reason', { entities: [good], refused: [] }],
    ['the documents cannot be read', undefined],
  ])('keeps the catalog’s refusal where %s', async (_, documents) => {
    const { api, alerts } = importing(refuses, documents);
    await expect(api.analyzeUrl(URL)).rejects.toBe(error);
    expect(alerts).toEqual([]);
  });

  it('counts the entities that stay', async () => {
    const t = await wordsOf(translationApi);
    expect(
      refusalText(t, { entities: [good, good], refused: [refused] }),
    ).toContain('The other 2 entities can be imported.');
  });
});

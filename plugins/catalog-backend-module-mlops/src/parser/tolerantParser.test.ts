import type { CatalogProcessorResult } from '@backstage/plugin-catalog-node';
import { RefusedDocumentProcessor } from './RefusedDocumentProcessor';
import { REFUSED_ANNOTATION } from './refusedDocument';
import { tolerantParser } from './tolerantParser';

const location = { type: 'url', target: 'http://git/catalog-info.yaml' };
const sound = (name: string) =>
  `apiVersion: v1\nkind: Component\nmetadata: { name: ${name} }\nspec: { type: service }\n`;

async function parse(...documents: string[]) {
  const results: CatalogProcessorResult[] = [];
  const data = Buffer.from(documents.join('---\n'));
  for await (const result of tolerantParser({ data, location })) {
    results.push(result);
  }
  return results;
}

function entitiesOf(results: CatalogProcessorResult[]) {
  return results.flatMap(r => (r.type === 'entity' ? [r.entity] : []));
}

describe('tolerantParser', () => {
  it('gives sound documents as they are', async () => {
    const results = await parse(sound('a'), sound('b'));

    expect(results.map(r => r.type)).toEqual(['entity', 'entity']);
    expect(entitiesOf(results).map(e => e.metadata.name)).toEqual(['a', 'b']);
    expect(entitiesOf(results)[0].metadata.annotations).toBeUndefined();
  });

  it.each([
    ['no name', 'apiVersion: v1\nkind: Component\nmetadata: {}\n', /name/],
    ['no kind', 'apiVersion: v1\nmetadata: { name: x }\n', /kind/],
    [
      'a name that is no text',
      'apiVersion: v1\nkind: A\nmetadata: { name: 7 }\n',
      /name/,
    ],
    ['no apiVersion', 'kind: Component\nmetadata: { name: x }\n', /apiVersion/],
    ['broken YAML', 'kind: [unclosed\n', /YAML error/],
    ['a list at its root', '- a\n', /Expected object at root/],
  ])(
    'puts a document with %s apart, with position and reason',
    async (_, broken, reason) => {
      const entities = entitiesOf(await parse(sound('a'), broken, sound('b')));

      expect(entities.map(e => e.metadata.name)).toEqual([
        'a',
        expect.stringMatching(/^refused-document-2-of-[0-9a-f]{12}$/),
        'b',
      ]);
      const refused = entities[1];
      expect(refused.metadata.annotations?.[REFUSED_ANNOTATION]).toMatch(
        /^Document 2 of http:\/\/git\/catalog-info.yaml is refused: /,
      );
      await expect(
        new RefusedDocumentProcessor().preProcessEntity(refused),
      ).rejects.toThrow(reason);
    },
  );

  it('leaves a file without any sound document to the catalog, which then refuses the file', async () => {
    const results = await parse('kind: [unclosed\n');

    expect(results.map(r => r.type)).toEqual(['error']);
  });

  it('skips empty documents', async () => {
    expect(await parse(sound('a'), '\n')).toHaveLength(1);
  });
});

import { columnsOf } from './CatalogList';

const entity = (kind: string) => ({
  apiVersion: 'v1',
  kind,
  metadata: { name: 'x' },
});
const titles = (kind: string) =>
  columnsOf({ entities: [entity(kind)], filters: {} } as never)
    .filter(({ hidden }) => !hidden)
    .map(({ title }) => title as string);

describe('columns of the catalog', () => {
  it('are name, owner, type, lifecycle and description for what is owned', () => {
    expect(titles('MLProblem')).toHaveLength(5);
    expect(titles('Component')).toEqual(titles('MLProblem'));
  });

  it('stay as the catalog has them for people and groups', () => {
    expect(titles('User')).not.toEqual(titles('MLProblem'));
  });
});

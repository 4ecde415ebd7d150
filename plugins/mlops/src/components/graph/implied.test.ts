import { withoutImplied } from './implied';

const edges = (nodes: Array<{ id: string; dependsOn: string[] }>) =>
  withoutImplied(nodes).flatMap(n => n.dependsOn.map(d => `${d}>${n.id}`));

describe('withoutImplied', () => {
  it('leaves out an edge that a longer way says as well', () => {
    expect(
      edges([
        { id: 'extract', dependsOn: [] },
        { id: 'features', dependsOn: ['extract'] },
        { id: 'train', dependsOn: ['features', 'extract'] },
        { id: 'evaluate', dependsOn: ['extract', 'train', 'features'] },
      ]),
    ).toEqual(['extract>features', 'features>train', 'train>evaluate']);
  });

  it('keeps both sides of a diamond', () => {
    expect(
      edges([
        { id: 'a', dependsOn: [] },
        { id: 'b', dependsOn: ['a'] },
        { id: 'c', dependsOn: ['a'] },
        { id: 'd', dependsOn: ['b', 'c'] },
      ]),
    ).toEqual(['a>b', 'a>c', 'b>d', 'c>d']);
  });

  it('ends on a cycle and keeps its edges', () => {
    expect(
      edges([
        { id: 'a', dependsOn: ['b'] },
        { id: 'b', dependsOn: ['a'] },
      ]),
    ).toEqual(['b>a', 'a>b']);
  });
});

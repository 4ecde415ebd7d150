import { depths, walk } from './walk';

const steps = [
  { id: 'read', dependsOn: [] },
  { id: 'split', dependsOn: ['read'] },
  { id: 'baseline', dependsOn: ['split'] },
  { id: 'tune', dependsOn: ['split'] },
  { id: 'evaluate', dependsOn: ['baseline', 'tune'] },
];

describe('walk', () => {
  it.each([
    ['read', 'ArrowRight', 'split'],
    ['split', 'ArrowRight', 'baseline'],
    ['baseline', 'ArrowDown', 'tune'],
    ['tune', 'ArrowUp', 'baseline'],
    ['evaluate', 'ArrowLeft', 'baseline'],
    ['evaluate', 'ArrowRight', 'evaluate'],
    ['read', 'ArrowLeft', 'read'],
    ['nowhere', 'ArrowRight', 'read'],
  ])('leads from %s with %s to %s', (from, key, to) => {
    expect(walk(steps, from, key)).toBe(to);
  });
});

describe('depths', () => {
  it('counts the longest way', () => {
    expect([...depths(steps)]).toEqual(
      expect.arrayContaining([
        ['read', 0],
        ['split', 1],
        ['tune', 2],
        ['evaluate', 3],
      ]),
    );
  });

  it('ends on a cycle', () => {
    const cycle = [
      { id: 'a', dependsOn: ['b'] },
      { id: 'b', dependsOn: ['a'] },
    ];
    expect(depths(cycle).size).toBe(2);
  });
});

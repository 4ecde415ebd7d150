import { Lineage } from '@mlops-portal/plugin-mlops-common';
import { mergeLineage, neighboursOf, stepsOf } from './merge';

const node = (id: string, focus = false) => ({
  id,
  kind: id.split(':')[0],
  title: id,
  facts: {},
  focus,
  redacted: false,
});
const edge = (from: string, to: string) => ({
  from,
  to,
  kind: 'madeBy',
  validFrom: '2026-01-01T00:00:00Z',
  validTo: null,
  recordedAt: '2026-01-01T00:00:00Z',
});
const main: Lineage = {
  focus: 'version:a/1',
  asOf: null,
  nodes: [node('version:a/1', true), node('run:1'), node('data:x')],
  edges: [edge('version:a/1', 'run:1'), edge('run:1', 'data:x')],
  cut: ['data:x'],
};
const around: Lineage = {
  focus: 'data:x',
  asOf: null,
  nodes: [node('data:x', true), node('run:1'), node('run:2')],
  edges: [edge('run:1', 'data:x'), edge('run:2', 'data:x')],
  cut: ['run:1', 'run:2'],
};

describe('mergeLineage', () => {
  const merged = mergeLineage(main, [{ node: 'data:x', lineage: around }]);

  it('adds nodes and edges once and keeps the focus', () => {
    expect(merged.nodes.map(n => n.id)).toEqual([
      'version:a/1',
      'run:1',
      'data:x',
      'run:2',
    ]);
    expect(merged.edges).toHaveLength(3);
    expect(merged.nodes.filter(n => n.focus)).toHaveLength(1);
  });

  it('takes the mark off what was expanded and puts it on the new edge of the known', () => {
    expect(merged.cut).toEqual(['run:2']);
  });
});

describe('stepsOf', () => {
  it('puts what a node was made of before it', () => {
    expect(stepsOf(main)).toEqual([
      { id: 'version:a/1', dependsOn: ['run:1'] },
      { id: 'run:1', dependsOn: ['data:x'] },
      { id: 'data:x', dependsOn: [] },
    ]);
  });
});

describe('neighboursOf', () => {
  it('tells both directions apart', () => {
    const { from, reaches } = neighboursOf(main, 'run:1');
    expect(from.map(n => n.node.id)).toEqual(['data:x']);
    expect(reaches.map(n => n.node.id)).toEqual(['version:a/1']);
  });
});

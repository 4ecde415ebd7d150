import { Lineage } from '@mlops-portal/plugin-mlops-common';

type Node = Lineage['nodes'][number];
type Edge = Lineage['edges'][number];

/** The answer that was asked for, with the neighbourhoods of cut nodes that were expanded. Focus, facts and order stay those of the first. */
export function mergeLineage(
  main: Lineage,
  expanded: Array<{ node: string; lineage: Lineage }>,
): Lineage {
  const nodes = new Map(main.nodes.map(n => [n.id, n]));
  const edges = new Map(main.edges.map(e => [edgeKey(e), e]));
  const cut = new Set(main.cut);
  const whole = new Set(main.nodes.map(n => n.id).filter(id => !cut.has(id)));
  for (const { lineage } of expanded) {
    for (const node of lineage.nodes)
      if (!nodes.has(node.id)) nodes.set(node.id, { ...node, focus: false });
    for (const edge of lineage.edges) edges.set(edgeKey(edge), edge);
    for (const id of lineage.cut) if (!whole.has(id)) cut.add(id);
  }
  for (const { node, lineage } of expanded)
    if (!lineage.cut.includes(node)) cut.delete(node);
  return {
    ...main,
    nodes: [...nodes.values()],
    edges: [...edges.values()],
    cut: [...cut],
  };
}

export function edgeKey({ from, to, kind, validFrom }: Edge): string {
  return `${from}>${to}:${kind}@${validFrom}`;
}

/** Nodes with the ids they come from: edges lead from what was made to what it was made of. */
export function stepsOf(
  lineage: Lineage,
): Array<{ id: string; dependsOn: string[] }> {
  return lineage.nodes.map(({ id }) => ({
    id,
    dependsOn: [
      ...new Set(lineage.edges.filter(e => e.from === id).map(e => e.to)),
    ],
  }));
}

/** Neighbours of a node: what it comes from and what it reaches. */
export function neighboursOf(lineage: Lineage, id: string) {
  const byId = new Map(lineage.nodes.map(n => [n.id, n]));
  const pair = (edge: Edge, other: string): { edge: Edge; node: Node }[] => {
    const node = byId.get(other);
    return node ? [{ edge, node }] : [];
  };
  return {
    from: lineage.edges.filter(e => e.from === id).flatMap(e => pair(e, e.to)),
    reaches: lineage.edges
      .filter(e => e.to === id)
      .flatMap(e => pair(e, e.from)),
  };
}

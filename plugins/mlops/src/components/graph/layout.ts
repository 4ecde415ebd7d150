import dagre from '@dagrejs/dagre';

export interface Placed {
  id: string;
  x: number;
  y: number;
}

/** Places nodes of a fixed size from left to right; returns their top left corners and the size of the whole. */
export function placeNodes(
  nodes: Array<{ id: string; dependsOn: string[] }>,
  size: { width: number; height: number },
): { placed: Placed[]; width: number; height: number } {
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({ rankdir: 'LR', nodesep: 16, ranksep: 22 });
  graph.setDefaultEdgeLabel(() => ({}));
  const known = new Set(nodes.map(n => n.id));
  for (const node of nodes) graph.setNode(node.id, { ...size });
  for (const node of nodes) {
    for (const from of node.dependsOn) {
      if (known.has(from)) graph.setEdge(from, node.id);
    }
  }
  dagre.layout(graph);
  const placed = nodes.map(({ id }) => {
    const { x, y } = graph.node(id);
    return { id, x: x - size.width / 2, y: y - size.height / 2 };
  });
  const { width = 0, height = 0 } = graph.graph();
  return { placed, width, height };
}

import { Lineage } from '@mlops-portal/plugin-mlops-common';
import { fromJson } from '../database/values';
import { EdgeRow, EDGES_PER_LEVEL, GraphStore } from './GraphStore';

export interface WalkRequest {
  node: string;
  /** back: where it comes from; forward: what it reaches. */
  direction: 'both' | 'back' | 'forward';
  depth: number;
  maxNodes: number;
  /** ISO time; null is now. */
  asOf: string | null;
}

/** The part of the graph around a node; what was left out by depth or number of nodes is marked as cut. */
export async function walk(
  graph: Pick<GraphStore, 'edges' | 'nodes'>,
  request: WalkRequest,
): Promise<Lineage> {
  const found: Found = {
    nodes: new Set([request.node]),
    edges: new Map(),
    cut: new Set(),
  };
  const ends =
    request.direction === 'both'
      ? (['from', 'to'] as const)
      : [request.direction === 'back' ? ('from' as const) : ('to' as const)];
  for (const end of ends) await walkOneWay(graph, request, end, found);
  const known = await graph.nodes([...found.nodes]);
  return {
    focus: request.node,
    asOf: request.asOf,
    nodes: [...known.values()].map(node => ({
      ...node,
      focus: node.id === request.node,
      redacted: false,
    })),
    edges: [...found.edges.values()]
      .filter(({ from, to }) => found.nodes.has(from) && found.nodes.has(to))
      .map(row => ({
        from: row.from,
        to: row.to,
        kind: row.kind,
        validFrom: row.valid_from,
        validTo: row.valid_to,
        recordedAt: row.recorded_at,
        ...factsOf(row),
      })),
    cut: [...found.cut],
  };
}

interface Found {
  nodes: Set<string>;
  edges: Map<string, EdgeRow>;
  cut: Set<string>;
}

async function walkOneWay(
  graph: Pick<GraphStore, 'edges'>,
  request: WalkRequest,
  end: 'from' | 'to',
  found: Found,
): Promise<void> {
  const other = end === 'from' ? 'to' : 'from';
  let level = [request.node];
  for (let depth = 0; level.length; depth += 1) {
    const edges = await graph.edges(end, level, request.asOf);
    if (edges.length > EDGES_PER_LEVEL) level.forEach(id => found.cut.add(id));
    const next = new Set<string>();
    for (const edge of edges) {
      const reached = edge[other];
      const isNew = !found.nodes.has(reached) && !next.has(reached);
      const full = found.nodes.size + next.size >= request.maxNodes;
      if (isNew && (full || depth === request.depth)) {
        found.cut.add(edge[end]);
        continue;
      }
      if (isNew) next.add(reached);
      found.edges.set(keyOf(edge), edge);
    }
    next.forEach(id => found.nodes.add(id));
    level = [...next];
  }
}

function factsOf(row: EdgeRow): Pick<Lineage['edges'][number], 'facts'> {
  const facts = fromJson<Record<string, string | number>>(row.facts, {});
  return Object.keys(facts).length ? { facts } : {};
}

function keyOf({ from, to, kind, valid_from: since }: EdgeRow): string {
  return [from, to, kind, since].join('\n');
}

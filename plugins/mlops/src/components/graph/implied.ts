interface Linked {
  id: string;
  dependsOn: string[];
}

/**
 * The nodes without edges that a longer way says as well: where c needs b and b needs a, "c needs a" is left out of the
 * picture. Cycles keep their edges.
 */
export function withoutImplied<T extends Linked>(nodes: T[]): T[] {
  const byId = new Map(nodes.map(n => [n.id, n]));
  const known = new Map<string, Set<string>>();
  const before = (id: string, way: Set<string>): Set<string> => {
    const done = known.get(id);
    if (done) return done;
    if (way.has(id)) return new Set();
    const found = new Set<string>();
    const next = new Set(way).add(id);
    for (const from of byId.get(id)?.dependsOn ?? []) {
      found.add(from);
      for (const further of before(from, next)) found.add(further);
    }
    known.set(id, found);
    return found;
  };
  return nodes.map(node => ({
    ...node,
    dependsOn: node.dependsOn.filter(
      from =>
        !node.dependsOn.some(
          other =>
            other !== from &&
            before(other, new Set([node.id])).has(from) &&
            !before(from, new Set([node.id])).has(other),
        ),
    ),
  }));
}

interface Node {
  id: string;
  dependsOn: string[];
}

/** Where an arrow key leads from a step: right and left along edges, up and down between steps of the same depth. */
export function walk(steps: Node[], from: string, key: string): string {
  const at = steps.find(s => s.id === from);
  if (!at) return steps[0]?.id ?? from;
  if (key === 'ArrowRight')
    return steps.find(s => s.dependsOn.includes(from))?.id ?? from;
  if (key === 'ArrowLeft') return at.dependsOn[0] ?? from;
  const depth = depths(steps);
  const peers = steps.filter(s => depth.get(s.id) === depth.get(from));
  const step = key === 'ArrowDown' ? 1 : -1;
  return peers[peers.indexOf(at) + step]?.id ?? from;
}

/** Longest way from a step without inputs, in edges; a cycle (which no engine should send) ends the count. */
export function depths(steps: Node[]): Map<string, number> {
  const byId = new Map(steps.map(s => [s.id, s]));
  const known = new Map<string, number>();
  const depthOf = (id: string, seen: Set<string>): number => {
    const found = known.get(id);
    if (found !== undefined) return found;
    const step = byId.get(id);
    if (!step || seen.has(id)) return 0;
    const next = new Set(seen).add(id);
    const depth = step.dependsOn.length
      ? 1 + Math.max(...step.dependsOn.map(d => depthOf(d, next)))
      : 0;
    known.set(id, depth);
    return depth;
  };
  for (const step of steps) depthOf(step.id, new Set());
  return known;
}

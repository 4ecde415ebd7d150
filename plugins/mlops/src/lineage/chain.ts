import { Trace } from '@mlops-portal/plugin-mlops-common';

type LineageNode = Trace['lineage']['nodes'][number];

/** One link of the chain behind an answer. */
export interface Link {
  id: string;
  kind: string;
  title: string;
  /** When it happened, where that is known. */
  at?: string;
  /** Who did it, as recorded. */
  actor?: string;
  /** Why, or what it was. */
  note?: string;
  /** Hangs beside the way from request to commit: data, features, approval. */
  branch: boolean;
  redacted: boolean;
}

/** From the request down to the commit, with data, features and approval at the side. Kinds that are not known are left out. */
const ORDER: Array<{ kind: string; branch?: boolean }> = [
  { kind: 'prediction' },
  { kind: 'features', branch: true },
  { kind: 'endpoint' },
  { kind: 'revision' },
  { kind: 'version' },
  { kind: 'approval', branch: true },
  { kind: 'run' },
  { kind: 'featureview', branch: true },
  { kind: 'data', branch: true },
  { kind: 'commit' },
];

export function chainOf({ lineage, ...trace }: Trace): Link[] {
  const links = ORDER.flatMap(({ kind, branch = false }) =>
    lineage.nodes
      .filter(node => node.kind === kind)
      .map(node => linkOf(node, branch, lineage.edges, trace.at)),
  );
  const hidden = lineage.nodes
    .filter(node => node.redacted)
    .map(node => linkOf(node, true, lineage.edges, trace.at));
  return [...links, ...hidden];
}

function linkOf(
  node: LineageNode,
  branch: boolean,
  edges: Trace['lineage']['edges'],
  askedAt: string,
): Link {
  const { id, kind, title, facts, redacted } = node;
  const text = (...names: string[]) => {
    const name = names.find(n => facts[n] !== undefined && facts[n] !== '');
    return name === undefined ? undefined : String(facts[name]);
  };
  const reached = edges.find(e => e.to === id && e.kind !== 'routedTo');
  const known = text('at', 'deployedAt', 'decidedAt', 'registered');
  const at = kind === 'prediction' ? askedAt : known;
  const timed = ['run', 'data', 'commit'].includes(kind);
  return {
    id,
    kind,
    title,
    at: at ?? (timed ? reached?.validFrom : undefined),
    actor: text('deployedBy', 'decidedBy', 'actor'),
    note: text('reason', 'message', 'source'),
    branch,
    redacted,
  };
}

import { randomUUID } from 'node:crypto';
import { Lineage } from '@mlops-portal/plugin-mlops-common';
import { digestOf } from '../database/values';

/** So that nobody finds a hidden name by trying names. */
const SALT = randomUUID();

/**
 * The lineage as somebody sees it who may read only some of its nodes: the place and the edges of the others stay, their
 * name, kind and facts do not. The same node keeps the same opaque id, so that answers can be put together.
 */
export function redact(lineage: Lineage, readable: Set<string>): Lineage {
  const idOf = (id: string) =>
    readable.has(id) ? id : `hidden:${digestOf(SALT, id).slice(0, 16)}`;
  return {
    ...lineage,
    focus: idOf(lineage.focus),
    nodes: lineage.nodes.map(node =>
      readable.has(node.id)
        ? node
        : {
            id: idOf(node.id),
            kind: 'hidden',
            title: '',
            facts: {},
            focus: node.focus,
            redacted: true,
          },
    ),
    edges: lineage.edges.map(edge => {
      const open = readable.has(edge.from) && readable.has(edge.to);
      const { facts, ...rest } = edge;
      return {
        ...rest,
        ...(open && facts ? { facts } : {}),
        from: idOf(edge.from),
        to: idOf(edge.to),
      };
    }),
    // What lies behind a hidden node is not asked for by its name.
    cut: lineage.cut.filter(id => readable.has(id)),
  };
}

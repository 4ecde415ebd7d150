import { ServedSpan } from '@mlops-portal/plugin-mlops-common';
import { fromJson } from '../database/values';
import { EdgeRow, GraphStore } from './GraphStore';

const MOST = 500;

/** Which version had which share of an endpoint, from when to when. */
export async function servedSpans(
  graph: Pick<GraphStore, 'everFrom'>,
  endpoint: string,
): Promise<ServedSpan[]> {
  const from = `endpoint:${endpoint}`;
  const routed = await graph.everFrom(from, 'routedTo', MOST);
  if (routed.length) return routed.flatMap(spanOfRevision);
  const answered = await graph.everFrom(from, 'answeredBy', MOST);
  return answered.flatMap(spanOfVersion);
}

function spanOfRevision(row: EdgeRow): ServedSpan[] {
  const facts = fromJson<Partial<Record<string, string | number>>>(
    row.facts,
    {},
  );
  const text = (name: string) =>
    facts[name] ? { [name]: String(facts[name]) } : {};
  if (row.valid_to === row.valid_from) return [];
  return [
    {
      model: String(facts.model),
      version: Number(facts.version),
      revision: row.to.slice('revision:'.length),
      percent: Number(facts.percent),
      from: row.valid_from,
      to: row.valid_to,
      ...text('act'),
      ...text('actor'),
      ...text('reason'),
    },
  ];
}

function spanOfVersion(row: EdgeRow): ServedSpan[] {
  const [, model, version] = /^version:(.+)\/(\d+)$/.exec(row.to) ?? [];
  if (!model) return [];
  const { valid_from: since, valid_to: to } = row;
  return [{ model, version: Number(version), from: since, to }];
}

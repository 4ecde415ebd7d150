import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { ServedSpan } from '@mlops-portal/plugin-mlops-common';
import { HubContext, SliceParts } from '../context';
import { Slices } from '../links';
import { FieldsError } from '../router/errors';
import { RequestContext } from '../router/handlers';
import { LineageSlice } from '../slices';
import { readableAssets } from './assets';
import { DataConsumer } from './DataConsumer';
import { EventStore } from './EventStore';
import { EventTaker } from './EventTaker';
import { GraphStore } from './GraphStore';
import { EventConsumer, RunEvent } from '../openlineage/runEvent';
import { redact } from './redact';
import { servedSpans } from './served';
import { predictionIdOf, redactTrace, tracePrediction } from './trace';
import { walk } from './walk';

export type LineageRouteId =
  | 'writeLineageEvent'
  | 'getLineage'
  | 'findLineageNodes'
  | 'getServedSpans'
  | 'tracePrediction';

export interface LineageDeps
  extends Pick<HubContext, 'knex' | 'leases' | 'logger' | 'permissions'>,
    Pick<Slices, 'monitoring' | 'registry' | 'serving'> {
  /** Act on run events besides the graph itself, in this order. */
  consumers(): EventConsumer[];
}

/** What only the hub's own parts may ask of lineage besides its interface. */
export interface LineageInside {
  dataVersionOf(runId: string): Promise<string | undefined>;
  /** Notes that a problem was taken back; its lineage stays. */
  markRemoved(problem: string, at: string): Promise<void>;
  /** Stored run events that tell a version of data, oldest first. */
  pastReads(page: { limit: number; offset: number }): Promise<RunEvent[]>;
}

/** OpenLineage events and the graph that follows from them and from what the slices do. */
export function createLineageSlice(
  deps: LineageDeps,
): SliceParts<LineageSlice & LineageInside, LineageRouteId> {
  const graph = new GraphStore(deps.knex);
  const events = new EventStore(deps.knex);
  const taker = new EventTaker({
    ...deps,
    events,
    consumers: [new DataConsumer(graph), ...deps.consumers()],
  });
  const mayRead = (
    nodes: Array<{ id: string }>,
    caller: Pick<RequestContext, 'credentials'>,
  ) => {
    const ids = nodes.map(({ id }) => id);
    return readableAssets(deps.permissions, ids, caller);
  };
  return {
    slice: Object.assign(graph, {
      pastReads: (page: { limit: number; offset: number }) =>
        events.withData(page),
    }),
    handlers: {
      async writeLineageEvent({ body }) {
        return { stored: await taker.take(body) };
      },
      async getLineage({ query }, caller) {
        const asOf = query.asOf === undefined ? null : timeOf(query.asOf);
        if (!(await graph.knows(query.node))) {
          throw new NotFoundError(
            `nothing is known of ${query.node}: nodes are named like version:<model>/<number>, run:<id>, endpoint:<name>`,
          );
        }
        const whole = await walk(graph, { ...query, asOf });
        const readable = await mayRead(whole.nodes, caller);
        if (!readable.has(query.node)) {
          throw new NotAllowedError(
            `${caller.actor} may not read ${query.node}: ask whoever keeps the permission policy`,
          );
        }
        return redact(whole, readable);
      },
      async findLineageNodes({ query }, caller) {
        const found = await graph.search(query.q, query.limit);
        const readable = await mayRead(found, caller);
        return {
          items: found
            .filter(({ id }) => readable.has(id))
            .map(({ id, kind, title }) => ({ id, kind, title })),
        };
      },
      async getServedSpans({ params }, caller) {
        const spans = await servedSpans(graph, params.endpoint);
        const idOf = (span: ServedSpan) =>
          `version:${span.model}/${span.version}`;
        const ids = [...new Set(spans.map(idOf))].map(id => ({ id }));
        const readable = await mayRead(ids, caller);
        return { items: spans.filter(span => readable.has(idOf(span))) };
      },
      async tracePrediction({ params }, caller) {
        const id = predictionIdOf(params.id);
        const trace = await tracePrediction(
          { ...deps, graph },
          params.endpoint,
          id,
        );
        const { lineage } = trace;
        return redactTrace(trace, await mayRead(lineage.nodes, caller));
      },
    },
    start: () => taker.start(),
    stop: () => taker.stop(),
  };
}

/** A date is its last moment: what was so on that day. */
function timeOf(text: string): string {
  const whole = /^\d{4}-\d{2}-\d{2}$/.test(text)
    ? `${text}T23:59:59.999Z`
    : text;
  const time = new Date(whole);
  if (Number.isNaN(time.getTime())) {
    const message = `"${text}" is not a date or an ISO 8601 time`;
    throw new FieldsError([{ field: 'query.asOf', message }]);
  }
  return time.toISOString();
}

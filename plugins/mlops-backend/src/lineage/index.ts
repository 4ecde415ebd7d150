import { NotFoundError } from '@backstage/errors';
import { HubContext, SliceParts } from '../context';
import { Slices } from '../links';
import { FieldsError } from '../router/errors';
import { LineageSlice } from '../slices';
import { DataConsumer } from './DataConsumer';
import { EventStore } from './EventStore';
import { EventTaker } from './EventTaker';
import { GraphStore } from './GraphStore';
import { EventConsumer, RunEvent } from '../openlineage/runEvent';
import { predictionIdOf, tracePrediction } from './trace';
import { walk } from './walk';

export type LineageRouteId =
  | 'writeLineageEvent'
  | 'getLineage'
  | 'tracePrediction';

export interface LineageDeps
  extends Pick<HubContext, 'knex' | 'leases' | 'logger'>,
    Pick<Slices, 'monitoring' | 'registry' | 'serving'> {
  /** Act on run events besides the graph itself, in this order. */
  consumers(): EventConsumer[];
}

/** What only the hub's own parts may ask of lineage besides its interface. */
export interface LineageInside {
  dataVersionOf(runId: string): Promise<string | undefined>;
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
  return {
    slice: Object.assign(graph, {
      pastReads: (page: { limit: number; offset: number }) =>
        events.withData(page),
    }),
    handlers: {
      async writeLineageEvent({ body }) {
        return { stored: await taker.take(body) };
      },
      async getLineage({ query }) {
        const asOf = query.asOf === undefined ? null : timeOf(query.asOf);
        if (!(await graph.knows(query.node))) {
          throw new NotFoundError(
            `nothing is known of ${query.node}: nodes are named like version:<model>/<number>, run:<id>, endpoint:<name>`,
          );
        }
        return await walk(graph, { ...query, asOf });
      },
      async tracePrediction({ params }) {
        const id = predictionIdOf(params.id);
        return await tracePrediction({ ...deps, graph }, params.endpoint, id);
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

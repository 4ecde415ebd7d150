import { z } from 'zod';
import { GraphStore } from './GraphStore';
import {
  commitOf,
  dataReadBy,
  EventConsumer,
  EventDataset,
  ownerRunOf,
  RunEvent,
} from '../openlineage/runEvent';

const qualitySchema = z.looseObject({
  dataQualityMetrics: z
    .looseObject({ rowCount: z.number().nullish() })
    .nullish(),
});
const schemaFacet = z.looseObject({ fields: z.array(z.unknown()) });

/** Remembers which version of which data a run read, and of which commit it ran the code. */
export class DataConsumer implements EventConsumer {
  constructor(private readonly graph: GraphStore) {}

  check(event: RunEvent): void {
    dataReadBy(event);
    commitOf(event);
    ownerRunOf(event);
  }

  async take(event: RunEvent): Promise<void> {
    const runId = ownerRunOf(event);
    const at = new Date(event.eventTime).toISOString();
    for (const { name, version } of dataReadBy(event)) {
      const input = event.inputs!.find(dataset => dataset.name === name)!;
      await this.graph.putRead({ runId, dataset: name, version, at });
      await this.graph.putNode({
        id: `data:${version}`,
        kind: 'data',
        title: name.split('/').at(-1) || name,
        facts: { source: name, digest: version, ...sizeOf(input) },
      });
      const edge = { from: `run:${runId}`, to: `data:${version}` };
      await this.graph.addEdge({ ...edge, kind: 'read', validFrom: at });
    }
    const commit = commitOf(event);
    if (!commit) return;
    const edge = { from: `run:${runId}`, to: `commit:${commit}` };
    await this.graph.addEdge({ ...edge, kind: 'ran', validFrom: at });
  }
}

function sizeOf(input: EventDataset): Record<string, number> {
  const quality = qualitySchema.safeParse(input.inputFacets);
  const rows = quality.data?.dataQualityMetrics?.rowCount;
  const schema = schemaFacet.safeParse(input.facets?.schema);
  return {
    ...(typeof rows === 'number' ? { rows } : {}),
    ...(schema.success ? { columns: schema.data.fields.length } : {}),
  };
}

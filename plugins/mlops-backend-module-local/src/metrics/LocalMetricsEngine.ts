import {
  CallOptions,
  EngineInfo,
  MetricsEngine,
  Series,
  SeriesQuery,
} from '@mlops-portal/plugin-mlops-node';
import { z } from 'zod';
import { RETENTION_SECONDS } from '../gateway/minuteStore';
import { LocalServingEngine } from '../serving';

const seriesSchema = z.object({
  series: z.array(
    z.object({
      revisionId: z.string(),
      points: z.array(z.tuple([z.number(), z.number()])),
    }),
  ),
});

/**
 * Reads what the gateway has counted by minute. The gateway outlives the portal, so there are no gaps where the portal
 * was away. Steps are whole minutes.
 */
export class LocalMetricsEngine implements MetricsEngine {
  readonly id = 'local';
  readonly title = 'Counted by the prediction gateway';

  static create(options: { serving: LocalServingEngine }): LocalMetricsEngine {
    return new LocalMetricsEngine(options.serving);
  }

  private constructor(private readonly serving: LocalServingEngine) {}

  async getInfo({ signal }: CallOptions): Promise<EngineInfo> {
    const info = await this.serving.ensure(signal);
    return {
      version: `gateway ${info.version}`,
      capabilities: { retentionSeconds: RETENTION_SECONDS, minStepSeconds: 60 },
      links: [
        {
          title: 'Metrics',
          url: `${this.serving.client.baseUrl}/metrics`,
        },
      ],
    };
  }

  async query(query: SeriesQuery, { signal }: CallOptions): Promise<Series[]> {
    await this.serving.ensure(signal);
    const parameters = new URLSearchParams(
      Object.entries(query).map(([key, value]) => [key, String(value)]),
    );
    const { series } = await this.serving.client.call(seriesSchema, {
      path: `/admin/series?${parameters}`,
      signal,
    });
    return series;
  }
}

import { CallOptions, Engine } from './engine';

export interface SeriesQuery {
  /** Endpoint whose metrics are wanted. */
  endpoint: string;
  /** requests (per second) | errors (per second) | p50 | p95 (milliseconds). */
  metric: 'requests' | 'errors' | 'p50' | 'p95';
  /** Unix seconds. */
  from: number;
  to: number;
  stepSeconds: number;
}

export interface Series {
  revisionId: string;
  /** [unix seconds, value]; gaps are left out, never zero. */
  points: Array<[number, number]>;
}

/** Reads time series of served models. Capabilities: `retentionSeconds`. */
export interface MetricsEngine extends Engine {
  query(query: SeriesQuery, options: CallOptions): Promise<Series[]>;
}

import { z } from 'zod';
import { readJson, writeDurably } from './durableFile';
import { addLatency, mergeLatencies, quantileOf } from './latencies';
import { MinuteStore } from './minuteStore';

const revisionCountersSchema = z.object({
  version: z.string().default(''),
  requests: z.number().default(0),
  errors: z.number().default(0),
  /** Predictions that clients got. */
  served: z.number().default(0),
  /** Predictions whose two events are in the spool or delivered. */
  captured: z.number().default(0),
  /** Predictions whose events could not be kept, because the disk or the spool was full. */
  dropped: z.number().default(0),
  /** Requests that another revision answered instead. */
  failovers: z.number().default(0),
  restarts: z.number().default(0),
  latencies: z.record(z.coerce.number(), z.number()).default({}),
  latencySumMs: z.number().default(0),
});
/** What a revision did in its endpoint since it is there. */
export type RevisionCounters = z.infer<typeof revisionCountersSchema>;

const endpointCountersSchema = z.object({
  /** Requests refused before any revision was asked, by status. */
  refused: z.record(z.string(), z.number()).default({}),
  revisions: z.record(z.string(), revisionCountersSchema).default({}),
});
export type EndpointCounters = z.infer<typeof endpointCountersSchema>;

const fileSchema = z.object({
  endpoints: z.record(z.string(), endpointCountersSchema).default({}),
  minutes: z.unknown(),
});

/** Counters of all endpoints; on disk every few seconds, so that a restart of the gateway does not start from zero. */
export class Counters {
  private endpoints = new Map<string, EndpointCounters>();
  /** What is on disk, so that an idle gateway leaves the disk alone. */
  private written?: string;

  private constructor(
    private readonly path: string,
    readonly minutes: MinuteStore,
  ) {}

  static async load(path: string, minutes: MinuteStore): Promise<Counters> {
    const counters = new Counters(path, minutes);
    const stored = fileSchema.safeParse(
      await readJson(path).catch(() => undefined),
    );
    if (stored.success) {
      counters.endpoints = new Map(Object.entries(stored.data.endpoints));
    }
    await minutes.load(stored.success ? stored.data.minutes : []);
    return counters;
  }

  of(endpoint: string): EndpointCounters {
    let counters = this.endpoints.get(endpoint);
    if (!counters) {
      counters = { refused: {}, revisions: {} };
      this.endpoints.set(endpoint, counters);
    }
    return counters;
  }

  ofRevision(endpoint: string, revision: string): RevisionCounters {
    const all = this.of(endpoint).revisions;
    all[revision] ??= revisionCountersSchema.parse({});
    return all[revision];
  }

  all(): Array<[string, EndpointCounters]> {
    return [...this.endpoints];
  }

  /** One try of one revision; `ok` false if it gave no prediction. */
  tried(endpoint: string, revision: string, milliseconds: number, ok: boolean) {
    const counters = this.ofRevision(endpoint, revision);
    counters.requests += 1;
    if (ok) {
      addLatency(counters.latencies, milliseconds);
      counters.latencySumMs += milliseconds;
    } else {
      counters.errors += 1;
    }
    this.minutes.add(endpoint, revision, milliseconds, ok);
  }

  refused(endpoint: string, status: number) {
    const { refused } = this.of(endpoint);
    refused[status] = (refused[status] ?? 0) + 1;
  }

  /** Milliseconds over the last five minutes; undefined without requests. */
  recentQuantiles(endpoint: string, revision: string) {
    const now = Math.floor(Date.now() / 1000);
    const cells = mergeLatencies(
      this.minutes
        .find(endpoint, now - 300, now + 60)
        .filter(minute => minute.revision === revision)
        .map(minute => minute.latencies),
    );
    return { p50Ms: quantileOf(cells, 0.5), p95Ms: quantileOf(cells, 0.95) };
  }

  forget(endpoint: string) {
    this.endpoints.delete(endpoint);
    this.minutes.forget(endpoint);
  }

  async flush() {
    await this.minutes.roll();
    const content = JSON.stringify({
      endpoints: Object.fromEntries(this.endpoints),
      minutes: this.minutes.open(),
    });
    if (content !== this.written) {
      await writeDurably(this.path, content);
      this.written = content;
    }
  }
}

import { setTimeout as sleep } from 'node:timers/promises';
import { itKeepsCommonPromises } from './commonPromises';
import { MetricsEngine, Series, SeriesQuery } from '../contracts';

export interface MetricsEngineSubject {
  engine: MetricsEngine;
  /** An endpoint that answers. */
  endpoint: string;
  /** The revision behind it. */
  revisionId: string;
  /** Sends so many good requests to it, one after the other. */
  send: (count: number) => Promise<void>;
  /** Longest time in milliseconds until a request shows; 0 if at once. */
  delayMs?: number;
  dispose?: () => Promise<void>;
}

const PATIENCE = 5 * 60_000;
const METRICS: Array<SeriesQuery['metric']> = [
  'requests',
  'errors',
  'p50',
  'p95',
];

/** One suite for every metrics engine; it knows nothing but the contract. */
export function describeMetricsEngineConformance(
  name: string,
  make: () => Promise<MetricsEngineSubject>,
) {
  describe(`${name} keeps the contract of a metrics engine`, () => {
    let subject: MetricsEngineSubject;
    const options = { signal: new AbortController().signal };
    const now = () => Math.floor(Date.now() / 1000);
    const query = (changes: Partial<SeriesQuery> = {}) =>
      subject.engine.query(
        {
          endpoint: subject.endpoint,
          metric: 'requests',
          from: now() - 600,
          to: now() + 60,
          stepSeconds: 60,
          ...changes,
        },
        options,
      );
    const of = (series: Series[]) =>
      series.find(({ revisionId }) => revisionId === subject.revisionId)
        ?.points ?? [];

    beforeAll(async () => {
      subject = await make();
      await subject.send(40);
      const end = Date.now() + (subject.delayMs ?? 0);
      while (of(await query()).length === 0 && Date.now() < end) {
        await sleep(500);
      }
    }, PATIENCE);

    afterAll(async () => {
      await subject?.dispose?.();
    }, PATIENCE);

    itKeepsCommonPromises({
      engine: () => subject.engine,
      capabilities: { retentionSeconds: [] },
      skips: {},
      strangers: () => ({
        query: ({ signal }) =>
          subject.engine.query(
            {
              endpoint: 'never-applied',
              metric: 'p95',
              from: now() - 600,
              to: now(),
              stepSeconds: 60,
            },
            { signal },
          ),
      }),
      forgiving: ['query'],
    });

    it('says how long it remembers', async () => {
      const { capabilities } = await subject.engine.getInfo(options);
      expect(Number(capabilities.retentionSeconds)).toBeGreaterThan(3600);
    });

    it('gives requests per second that add up to what was sent', async () => {
      // A step that holds all of it, so that the total does not hang on where minutes begin.
      const points = of(await query({ stepSeconds: 660 }));
      expect(points).toHaveLength(1);
      const [at, perSecond] = points[0];
      const seconds = Math.min(660, Math.max(1, Date.now() / 1000 - at));
      expect(perSecond * seconds).toBeGreaterThan(30);
      expect(perSecond * seconds).toBeLessThan(60);
    });

    it('gives latencies in milliseconds, the 95th percentile not below the median', async () => {
      const [p50] = of(await query({ metric: 'p50', stepSeconds: 660 }));
      const [p95] = of(await query({ metric: 'p95', stepSeconds: 660 }));
      expect(p50[1]).toBeGreaterThan(0);
      expect(p95[1]).toBeGreaterThanOrEqual(p50[1]);
    });

    it('counts no error where there was none', async () => {
      const points = of(await query({ metric: 'errors' }));
      expect(points.every(([, value]) => value === 0)).toBe(true);
    });

    it('keeps to the time asked for, in order', async () => {
      for (const metric of METRICS) {
        const from = now() - 300;
        const times = of(await query({ metric, from })).map(([at]) => at);
        expect(times).toEqual([...times].sort((a, b) => a - b));
        expect(times.every(at => at >= from - 60 && at <= now() + 60)).toBe(
          true,
        );
      }
    });

    it('leaves gaps out', async () => {
      const from = now() - 3 * 3600;
      expect(of(await query({ from, to: from + 3600 }))).toEqual([]);
    });

    it('has no series for an endpoint that nobody knows', async () => {
      expect(await query({ endpoint: 'never-applied' })).toEqual([]);
    });
  });
}

import { addDays, ReferenceProfile } from '@mlops-portal/plugin-mlops-common';
import { eventsOf, randomOf } from './events';

/** Deciles of a uniform number, and ten letters of equal weight. */
export const EDGES = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];
const LETTERS = 'abcdefghij'.split('');

/** A reference of eight whole weeks in which nothing moves, 1,000 rows a day. */
export function flatReference(): ReferenceProfile {
  const days = Array.from({ length: 56 }, (_, day) =>
    addDays('2001-01-01', day),
  );
  const random = randomOf(1);
  const every = (width: number, extra: number) =>
    Object.fromEntries(
      days.map(day => {
        const cells = new Array(width + extra).fill(0);
        for (let row = 0; row < 1000; row++) {
          cells[Math.floor(random() * width)] += 1;
        }
        return [day, cells];
      }),
    );
  const number = () => ({
    kind: 'number' as const,
    edges: EDGES,
    range: [0, 1] as [number, number],
    importance: 0.5,
    days: every(10, 3),
  });
  return {
    version: 1,
    rows: 56_000,
    from: '2001-01-01T00:00:00Z',
    to: '2001-02-25T23:59:00Z',
    features: {
      speed: number(),
      'letter/~"x"': {
        kind: 'text',
        categories: LETTERS,
        importance: 0.4,
        days: every(10, 2),
      },
      idle: { ...number(), importance: 0 },
    },
    prediction: { ...number(), importance: 0 },
  };
}

/**
 * Requests over days, `rows` a day in requests of 50: uniform numbers and letters, or, in the days for which `moved` says so,
 * numbers from the upper third. Labels follow the probability.
 */
export function trafficOf(options: {
  from: string;
  days: number;
  rows: number;
  moved?: (day: string) => boolean;
  /** Labels that have nothing to do with the answers. */
  wrong?: (day: string) => boolean;
  version?: number;
  seed?: number;
}) {
  const random = randomOf(options.seed ?? 7);
  const events: unknown[] = [];
  const labels: Array<{ id: string; label: number }> = [];
  for (let offset = 0; offset < options.days; offset++) {
    const day = addDays(options.from, offset);
    for (let at = 0; at < options.rows; at += 50) {
      const id = `${options.version ?? 1}-${day}-${at}`;
      const moved = options.moved?.(day);
      const values = Array.from({ length: 50 }, () =>
        moved ? 0.66 + random() / 3 : random(),
      );
      const probabilities = values.map(() => random());
      events.push(
        ...eventsOf({
          id,
          times: values.map(() => `${day}T12:00:00Z`),
          numbers: { speed: values, idle: values },
          texts: {
            'letter/~"x"': values.map(() => LETTERS[Math.floor(random() * 10)]),
          },
          probabilities,
          version: options.version,
        }),
      );
      probabilities.forEach((p, row) => {
        const chance = options.wrong?.(day) ? 0.5 : p;
        labels.push({ id: `${id}/${row}`, label: random() < chance ? 1 : 0 });
      });
    }
  }
  return { events, labels };
}

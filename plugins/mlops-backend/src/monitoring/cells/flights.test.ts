import { dirname, join } from 'path';
import { existsSync } from 'fs';
import {
  addDays,
  Cells,
  cellsByWindow,
  naturalVariation,
  ReferenceFeature,
  referenceCells,
  scoreWindow,
  windowOf,
} from '@mlops-portal/plugin-mlops-common';
import { Duck, literal, withDuck } from '../../duckdb/duckdb';
import { countCells } from './cellsQuery';

jest.setTimeout(180_000);

function flightsFile(): string {
  let folder = dirname(require.resolve('vega-datasets'));
  while (!existsSync(join(folder, 'data'))) folder = dirname(folder);
  return join(folder, 'data', 'flights-3m.parquet');
}

/** Mean delay of the flights that left the same origin in the hour that began two hours before the row's own. */
const FEATURE = (file: string) => `
  WITH flights AS (SELECT date, delay, distance, origin, date_trunc('hour', date) AS bucket FROM read_parquet(${literal(
    file,
  )})),
  past AS (SELECT origin, bucket + INTERVAL 2 HOUR AS bucket, avg(delay)::FLOAT::DOUBLE AS recent FROM flights GROUP BY 1, 2)
  SELECT strftime(date, '%Y-%m-%d') AS day, recent, distance::DOUBLE AS distance, origin
  FROM flights LEFT JOIN past USING (origin, bucket)`;

async function decilesOf(duck: Duck, column: string): Promise<number[]> {
  const [{ edges }] = await duck.rows<{ edges: number[] }>(
    `SELECT quantile_cont(${column}, [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]) AS edges FROM features WHERE day < '2001-03-01'`,
  );
  return [...new Set(edges)];
}

describe('drift of the real flights against January and February', () => {
  const scores = new Map<string, Map<string, number>>();
  const floors = new Map<string, number>();
  const verdicts = new Map<string, string>();

  beforeAll(async () => {
    const file = flightsFile();
    await withDuck({ files: [file] }, async duck => {
      await duck.run(`CREATE TABLE features AS ${FEATURE(file)}`);
      const frozen: Array<[string, ReferenceFeature]> = [];
      for (const name of ['recent', 'distance']) {
        const edges = await decilesOf(duck, name);
        frozen.push([
          name,
          {
            kind: 'number',
            edges,
            range: [-1e9, 1e9],
            importance: 1,
            days: {},
          },
        ]);
      }
      const top = await duck.rows<{ origin: string }>(
        `SELECT origin FROM features WHERE day < '2001-03-01' GROUP BY 1 ORDER BY count(*) DESC LIMIT 50`,
      );
      frozen.push([
        'origin',
        {
          kind: 'text',
          categories: top.map(({ origin }) => origin),
          importance: 1,
          days: {},
        },
      ]);
      const days = await countCells(
        duck,
        'features',
        'day',
        frozen.map(([name, feature]) => ({ name, feature, sql: name })),
      );
      for (const [name, empty] of frozen) {
        const all = [...days].map(
          ([day, { cells }]) => [day, cells.get(name)!] as [string, Cells],
        );
        const feature = {
          ...empty,
          days: Object.fromEntries(all.filter(([day]) => day < '2001-03-01')),
        } as ReferenceFeature;
        const natural = naturalVariation(feature, 'week');
        floors.set(name, natural!);
        const byWindow = new Map<string, number>();
        for (const [start, current] of cellsByWindow(all, 'week')) {
          const limits = { limit: 0.2, minRows: 1000 };
          const seen = scoreWindow(
            feature,
            referenceCells(feature),
            current,
            natural,
            limits,
          );
          byWindow.set(start, seen.score!);
          if (name === 'recent') verdicts.set(start, seen.health);
        }
        scores.set(name, byWindow);
      }
    });
  });

  it('moves by 0.110 in the reference itself', () => {
    expect(Math.abs(floors.get('recent')! - 0.11)).toBeLessThan(0.003);
  });

  it('is quiet from 26 February to 22 April', () => {
    const quiet = Array.from({ length: 8 }, (_, week) =>
      addDays('2001-02-26', 7 * week),
    );
    for (const start of quiet) {
      expect(scores.get('recent')!.get(start)).toBeLessThan(0.076);
      expect(verdicts.get(start)).toBe('well');
    }
  });

  it.each([
    ['2001-04-23', 0.306],
    ['2001-04-30', 0.246],
    ['2001-05-07', 0.223],
  ])('is loud in the week of %s', (start, expected) => {
    expect(windowOf(start, 'week')).toBe(start);
    expect(Math.abs(scores.get('recent')!.get(start)! - expected)).toBeLessThan(
      0.003,
    );
    expect(verdicts.get(start)).toBe('drift');
  });

  it('is quiet again after it', () => {
    expect(
      Math.abs(scores.get('recent')!.get('2001-05-14')! - 0.075),
    ).toBeLessThan(0.003);
    expect(verdicts.get('2001-05-14')).toBe('well');
  });

  it('does not see distance and origin move', () => {
    const whole = [...scores.get('distance')!.keys()].filter(
      start => start < '2001-06-25',
    );
    for (const start of whole) {
      expect(scores.get('distance')!.get(start)).toBeLessThan(0.007);
      expect(scores.get('origin')!.get(start)).toBeLessThan(0.007);
    }
  });
});

import { assetsOf } from './assets';
import { SourceRow } from './DatasetStore';
import { DatasetFacts } from './entities';

const entity = (name: string, uri: string, ...models: string[]) =>
  ({
    name,
    title: name,
    source: { platform: 'file', uri },
    models,
  } as DatasetFacts);

let count = 0;
const read = (source: string, reader: string, first = '2026-11-01') =>
  ({
    id: `${(count += 1)}`.padStart(16, 'a'),
    source,
    reader,
    first_seen: first,
  } as SourceRow);

const placed = (entities: DatasetFacts[], sources: SourceRow[]) =>
  Object.fromEntries(
    assetsOf(entities, sources).map(({ name, sources: own }) => [
      name,
      own.map(({ source, reader }) => `${reader} ${source}`),
    ]),
  );

describe('assetsOf', () => {
  it('gives an entity what is read at its uri, also written as a file URL', () => {
    expect(
      placed(
        [entity('flights', 'file:///data/flights.parquet')],
        [
          read('/data/flights.parquet', 'flight-delay'),
          read('/data/flights.parquet', 'spark'),
        ],
      ),
    ).toEqual({
      flights: [
        'flight-delay /data/flights.parquet',
        'spark /data/flights.parquet',
      ],
    });
  });

  it('gives each of two entities at one uri what the pipelines of its models read', () => {
    expect(
      placed(
        [entity('a-data', '/t.csv', 'a'), entity('b-data', '/t.csv', 'b')],
        [read('/t.csv', 'b'), read('/t.csv', 'a'), read('/t.csv', 'c')],
      ),
    ).toEqual({ 'a-data': ['a /t.csv', 'c /t.csv'], 'b-data': ['b /t.csv'] });
  });

  it('takes a table at another place for the one entity that its model learns from', () => {
    expect(
      placed(
        [entity('a-data', 'tables/t.csv', 'a')],
        [read('/mnt/t.csv', 'a')],
      ),
    ).toEqual({ 'a-data': ['a /mnt/t.csv'] });
  });

  it('does not take a second table of a pipeline for the dataset', () => {
    expect(
      placed(
        [entity('a-data', '/t.csv', 'a')],
        [read('/t.csv', 'a'), read('/holidays.csv', 'a')],
      ),
    ).toEqual({
      'a-data': ['a /t.csv'],
      [`a-data-${'aaaaaa'}`]: ['a /holidays.csv'],
    });
  });

  it('names what the catalog does not know by who reads it, the first one plainly', () => {
    const later = read('s3://b/other', 'Spark job.execute', '2026-11-02');
    const first = read('s3://b/table', 'Spark job.execute', '2026-11-01');
    expect(Object.keys(placed([], [later, first]))).toEqual([
      'spark-job-execute-data',
      `spark-job-execute-data-${later.id.slice(0, 6)}`,
    ]);
    expect(Object.keys(placed([], [read('x', '…')]))).toEqual(['source-data']);
  });

  it('keeps an entity that nobody has read', () => {
    expect(placed([entity('a-data', '/t.csv')], [])).toEqual({ 'a-data': [] });
  });
});

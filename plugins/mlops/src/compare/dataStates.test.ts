import { DatasetVersion } from '@mlops-portal/plugin-mlops-common';
import { daysLater, stateOf } from './dataStates';

const state = (
  id: string,
  digest: string,
  run: string,
  to: string | null = null,
): DatasetVersion => ({
  id,
  digest,
  source: '/data/flights.parquet',
  reader: 'flight-delay',
  window: { from: null, to, rows: 10 },
  columns: 3,
  profiled: true,
  firstSeen: '2026-01-01T00:00:00Z',
  lastSeen: '2026-01-01T00:00:00Z',
  run: { id: run },
  schemaChanges: null,
});
const states = [
  state('c', 'two', 'run-3'),
  state('b', 'one', 'run-2'),
  state('a', 'one', 'run-1'),
];
const idOf = (runId: string, digest: string) =>
  stateOf({ name: 'v1', runId, digest }, states)?.id;

describe('the state of the data that a version learnt from', () => {
  it('is the one that its run read', () => {
    expect(idOf('run-1', 'one')).toBe('a');
  });

  it('is the only one of its digest where the run took it from its cache', () => {
    expect(idOf('run-9', 'two')).toBe('c');
  });

  it('is not guessed between two windows of one source', () => {
    expect(idOf('run-9', 'one')).toBeUndefined();
    expect(idOf('run-9', 'three')).toBeUndefined();
  });
});

describe('daysLater', () => {
  const ends = (from: string | null, to: string | null) =>
    daysLater(state('a', 'd', 'r', from), state('b', 'd', 'r', to));

  it('counts from one end of the window to the other, back as well', () => {
    expect(ends('2001-03-14T23:59:00Z', '2001-05-06T23:59:00Z')).toBe(53);
    expect(ends('2001-05-06', '2001-03-14')).toBe(-53);
  });

  it('says nothing of windows without an end', () => {
    expect(ends(null, '2001-03-14')).toBeUndefined();
  });
});

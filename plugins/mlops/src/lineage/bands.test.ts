import { ServedSpan } from '@mlops-portal/plugin-mlops-common';
import { answeringAt, asOfOf, endpointOf, timelineOf } from './bands';

const day = (n: number) => new Date(Date.UTC(2026, 0, n, 12)).toISOString();
const span = (
  version: number,
  from: string,
  to: string | null,
  percent?: number,
): ServedSpan => ({ model: 'm', version, from, to, percent });
const spans = [
  span(1, day(1), day(40), 100),
  span(1, day(40), day(42), 90),
  span(2, day(40), day(42), 10),
  span(2, day(42), null, 100),
];
const now = Date.parse(day(60));

describe('timelineOf', () => {
  it('starts a little before the first deployment and ends now', () => {
    const line = timelineOf(spans, now)!;
    expect(line.from).toBeLessThan(Date.parse(day(1)));
    expect(line.to).toBe(now);
    expect(line.bands[0].start).toBeGreaterThan(0);
    expect(line.bands[3].end).toBe(1);
    expect(line.bands.map(b => b.main)).toEqual([true, true, false, true]);
  });

  it('goes by days over weeks and finer within hours', () => {
    expect(timelineOf(spans, now)!.step).toBe(86_400_000);
    const hour = timelineOf([span(1, day(59), null)], Date.parse(day(60)))!;
    expect(hour.step).toBeLessThan(10 * 60_000);
  });

  it('is nothing where nothing ever answered', () => {
    expect(timelineOf([], now)).toBeUndefined();
  });
});

describe('answeringAt', () => {
  it.each([
    [day(0), []],
    [day(20), [1]],
    [day(41), [1, 2]],
    [day(42), [2]],
    [day(50), [2]],
  ])('at %s finds %j, most traffic first', (at, versions) => {
    expect(answeringAt(spans, Date.parse(at)).map(s => s.version)).toEqual(
      versions,
    );
  });
});

describe('asOfOf', () => {
  it('is a date by days, a time within hours, and empty at the end', () => {
    const days = timelineOf(spans, now)!;
    expect(asOfOf(days, Date.parse(day(20)))).toBe('2026-01-20');
    expect(asOfOf(days, now)).toBe('');
    const hours = timelineOf([span(1, day(59), null)], now)!;
    const at = Date.parse('2026-02-28T15:00:00.000Z');
    expect(asOfOf(hours, at)).toBe('2026-02-28T15:00:00.000Z');
  });
});

describe('endpointOf', () => {
  it.each([
    ['endpoint:flight-delay', 'flight-delay'],
    ['problem:flight-delay', 'flight-delay'],
    ['version:flight-delay/3', 'flight-delay'],
    ['run:1', 'near'],
  ])('%s belongs to %s', (node, name) => {
    const around = [{ id: 'endpoint:near', kind: 'endpoint' }];
    expect(endpointOf(node, around)).toBe(name);
  });

  it('is unknown for a run without an endpoint around it', () => {
    expect(endpointOf('run:1', [])).toBeUndefined();
  });
});

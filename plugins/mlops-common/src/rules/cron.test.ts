import { nextCron, parseCron } from './cron';

describe('cron', () => {
  it.each([
    ['0 3 * * 1', '2026-11-24T10:00:00Z', '2026-11-30T03:00:00.000Z'],
    ['*/15 * * * *', '2026-11-24T10:07:30Z', '2026-11-24T10:15:00.000Z'],
    ['0 0 1 * *', '2026-11-24T10:00:00Z', '2026-12-01T00:00:00.000Z'],
    ['30 6 * jan mon-fri', '2026-11-24T10:00:00Z', '2027-01-01T06:30:00.000Z'],
    ['0 0 29 2 *', '2026-11-24T10:00:00Z', '2028-02-29T00:00:00.000Z'],
    // Both day fields: either may match.
    ['0 0 13 * 5', '2026-11-24T10:00:00Z', '2026-11-27T00:00:00.000Z'],
    ['0 12 * * 7', '2026-11-24T10:00:00Z', '2026-11-29T12:00:00.000Z'],
    ['5,35 8-9 * * *', '2026-11-24T08:35:00Z', '2026-11-24T09:05:00.000Z'],
    // The very minute is past: the next one counts.
    ['0 3 * * *', '2026-11-24T03:00:00Z', '2026-11-25T03:00:00.000Z'],
  ])('%s after %s', (text, after, expected) => {
    expect(nextCron(parseCron(text), new Date(after))?.toISOString()).toBe(
      expected,
    );
  });

  it('has no next time for a day that never comes', () => {
    const cron = parseCron('0 0 30 2 *');
    expect(nextCron(cron, new Date('2026-11-24'))).toBeUndefined();
  });

  it.each([
    ['every monday', /2 fields/],
    ['60 * * * *', /minute: '60' is not within 0 to 59/],
    ['* 24 * * *', /hour/],
    ['* * 0 * *', /day of month/],
    ['* * * 13 *', /month/],
    ['* * * * 8', /day of week/],
    ['*/0 * * * *', /minute/],
    ['5-1 * * * *', /minute/],
    ['a * * * *', /minute: 'a' is not understood/],
    ['0 0 3 * * 1', /6 fields/],
  ])('refuses %s', (text, message) => {
    expect(() => parseCron(text)).toThrow(message);
  });
});

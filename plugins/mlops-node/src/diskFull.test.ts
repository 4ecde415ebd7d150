import { isDiskFull } from './diskFull';

describe('isDiskFull', () => {
  it.each([
    ['the system', Object.assign(new Error('write'), { code: 'ENOSPC' })],
    ['a quota', Object.assign(new Error('write'), { code: 'EDQUOT' })],
    ['SQLite', Object.assign(new Error('insert'), { code: 'SQLITE_FULL' })],
    ['Postgres', Object.assign(new Error('insert'), { code: '53100' })],
    [
      'SQLite that has undone a transaction',
      new Error('ROLLBACK - cannot rollback - no transaction is active'),
    ],
    [
      'a cause below',
      new Error('the engine does not answer', {
        cause: new Error('OSError: [Errno 28] No space left on device'),
      }),
    ],
    ['JSON', { name: 'SqliteError', message: 'database or disk is full' }],
  ])('knows it from %s', (_, error) => expect(isDiskFull(error)).toBe(true));

  it.each([
    new Error('the disk is slow'),
    Object.assign(new Error('open'), { code: 'EACCES' }),
    'disk is full',
    undefined,
  ])('takes nothing else for it: %s', error =>
    expect(isDiskFull(error)).toBe(false),
  );
});

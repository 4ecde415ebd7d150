import { explainDatabase } from './explainDatabase';

function answered(statusCode: number, body: unknown) {
  const sent = jest.fn();
  const headers: Record<string, string> = {};
  const answer = {
    statusCode,
    json: sent as (body: unknown) => unknown,
    setHeader: (name: string, value: string) => {
      headers[name] = value;
    },
  };
  const next = jest.fn();
  explainDatabase({}, answer, next);
  expect(next).toHaveBeenCalledTimes(1);
  answer.json(body);
  return { status: answer.statusCode, headers, body: sent.mock.calls[0][0] };
}

describe('explainDatabase', () => {
  it.each([
    {
      name: 'SqliteError',
      code: 'SQLITE_FULL',
      message: "insert into `tasks` (`id`) values ('a') - disk is full",
    },
    { name: 'Error', message: 'ENOSPC: no space left on device, mkdir' },
  ])('says what to do where the disk is full', error => {
    const { status, headers, body } = answered(500, { error });
    expect(status).toBe(507);
    expect(headers).toEqual({ 'retry-after': '60' });
    expect(body.error.message).toMatch(/disk is full.*Free space/);
    expect(JSON.stringify(body)).not.toContain('insert');
  });

  it('shows no statement of SQL', () => {
    const { status, body } = answered(500, {
      error: {
        name: 'SqliteError',
        message: 'select * from `refresh_state` - database is locked',
      },
    });
    expect(status).toBe(500);
    expect(body.error.message).toMatch(/database of the portal refused/);
    expect(JSON.stringify(body)).not.toContain('refresh_state');
  });

  it.each([
    [200, { error: { message: 'the disk is full' } }],
    [400, { error: { message: 'select one - or the other' } }],
    [500, { error: { message: 'something else' } }],
    [500, { items: [] }],
    [503, undefined],
  ])('leaves every other answer as it is', (status, body) => {
    expect(answered(status, body)).toEqual({ status, headers: {}, body });
  });
});

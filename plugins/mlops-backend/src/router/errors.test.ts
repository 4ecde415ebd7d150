import {
  ConflictError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { z } from 'zod';
import { answerOf, FieldsError, fieldsOf } from './errors';

describe('answerOf', () => {
  it.each([
    [new NotFoundError('gone'), 404, 'NotFoundError'],
    [new ConflictError('twice'), 409, 'ConflictError'],
    [new FieldsError([{ field: 'a', message: 'is odd' }]), 400, 'InputError'],
  ])('maps %s', (error, status, name) => {
    expect(answerOf(error)).toMatchObject({
      status,
      body: { error: { name, message: error.message } },
    });
  });

  it('says when to ask again', () => {
    const answer = answerOf(new ServiceUnavailableError('asleep'));
    expect(answer).toMatchObject({
      status: 503,
      headers: { 'retry-after': '5' },
    });
    const full = Object.assign(new Error('full'), {
      name: 'TooManyRequestsError',
      statusCode: 429,
      retryAfterSeconds: 2,
    });
    expect(answerOf(full)).toMatchObject({
      status: 429,
      headers: { 'retry-after': '2' },
      body: { error: { name: 'TooManyRequestsError' } },
    });
  });

  it('says that the disk is full, whoever met it first', () => {
    const sqlite = Object.assign(
      new Error('insert into `runs` ... - database or disk is full'),
      { code: 'SQLITE_FULL' },
    );
    const system = Object.assign(new Error('write'), { code: 'ENOSPC' });
    const engine = new ServiceUnavailableError(
      'the source engine "local" does not answer',
      system,
    );
    const transaction = Object.assign(
      new Error('ROLLBACK - cannot rollback - no transaction is active'),
      { code: 'SQLITE_ERROR' },
    );
    for (const error of [sqlite, system, engine, transaction]) {
      const answer = answerOf(error);
      expect(answer?.status).toBe(507);
      expect(answer?.body.error.message).toMatch(
        /disk is full, so nothing was changed\. Free space .*PORTAL_HOME/,
      );
      expect(answer?.body.error.message).not.toMatch(/insert/);
    }
  });

  it('does not explain what nobody expected', () => {
    expect(answerOf(new TypeError('x is undefined'))).toBe(undefined);
    expect(answerOf('text')).toBe(undefined);
  });

  it('tells the time limit of an engine as unavailable', () => {
    const late = new DOMException('too late', 'TimeoutError');
    expect(answerOf(late)?.status).toBe(503);
  });
});

describe('fieldsOf', () => {
  it('names nested fields by their path, and the whole by its part', () => {
    const schema = z.object({ files: z.array(z.object({ path: z.string() })) });
    const nested = schema.safeParse({ files: [{ path: 1 }] });
    expect(fieldsOf(nested.error!)).toMatchObject([{ field: 'files.0.path' }]);
    const whole = schema.safeParse(undefined);
    expect(fieldsOf(whole.error!)).toMatchObject([{ field: 'body' }]);
  });
});

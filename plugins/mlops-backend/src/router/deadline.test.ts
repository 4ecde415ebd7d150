import { EventEmitter } from 'node:events';
import { Response } from 'express';
import { withDeadline } from './deadline';

const response = () =>
  Object.assign(new EventEmitter(), {
    writableFinished: false,
  }) as unknown as Response & EventEmitter;

describe('withDeadline', () => {
  it('gives the answer', async () => {
    const answer = withDeadline(response(), 'ask', async () => 1);
    expect(await answer).toBe(1);
  });

  it('tells a caller that the time is over, and aborts the work', async () => {
    let aborted = false;
    const answer = withDeadline(
      response(),
      'getRun',
      signal =>
        new Promise(() => {
          signal.addEventListener('abort', () => {
            aborted = true;
          });
        }),
      20,
    );
    await expect(answer).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
      message: expect.stringContaining('getRun got no answer within 0.02 s'),
    });
    expect(aborted).toBe(true);
  });

  it('aborts the work when the caller goes away', async () => {
    const res = response();
    const answer = withDeadline(res, 'getRun', () => new Promise(() => {}));
    res.emit('close');
    await expect(answer).rejects.toThrow('the caller went away');
    expect(res.listenerCount('close')).toBe(0);
  });
});

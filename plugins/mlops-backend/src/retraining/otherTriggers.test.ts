import { ConflictError } from '@backstage/errors';
import { eachDatabase } from '../database/__testUtils__/eachDatabase';
import { Run } from '@mlops-portal/plugin-mlops-common';
import { retrainingBench } from './__testUtils__/retrainingBench';

jest.setTimeout(120_000);

eachDatabase(open => {
  it('retrains on the word of a person, past the cool-down, until the day of the replay', async () => {
    const hub = retrainingBench(await open());
    await hub.slice.consider(hub.alert('2001-04-30', 2, '2001-05-07'));
    const asked = await hub.retrain('key-of-ada');
    expect(asked).toMatchObject({
      outcome: 'start',
      actor: 'user:default/ada',
      because: 'user:default/ada asked: new airports',
    });
    expect(hub.runs()[1].request).toMatchObject({
      actor: 'user:default/ada',
      parameters: { until: '2001-05-20' },
    });
    expect((await hub.retrain('key-of-ada')).id).toBe(asked.id);
    hub.set.active = { number: 2 } as Run;
    expect(await hub.retrain('another-key')).toMatchObject({
      outcome: 'wait',
      cause: 'run-active',
    });
  });

  it('learns live data and tables without time to their end', async () => {
    const hub = retrainingBench(await open());
    hub.set.clock = { kind: 'wall', now: hub.set.now };
    await hub.retrain('key-number-1');
    hub.set.facts = { ...hub.set.facts, time: null };
    await hub.retrain('key-number-2', '2001-05-01');
    expect(hub.runs().map(({ request }) => request.parameters)).toEqual([
      {},
      {},
    ]);
  });

  it('ignores policy while paused, with who and why, and goes on afterwards', async () => {
    const hub = retrainingBench(await open());
    expect(await hub.pause(true)).toMatchObject({
      paused: true,
      pausedBy: 'user:default/ada',
      pausedReason: 'holidays',
    });
    expect(await hub.slice.paused('flights')).toBe(true);
    expect(
      await hub.slice.consider(hub.alert('2001-04-30', 2, '2001-05-07')),
    ).toMatchObject({ outcome: 'ignore', cause: 'paused' });
    expect(await hub.pause(false)).toMatchObject({ paused: false });
    expect(
      await hub.slice.consider(hub.alert('2001-05-07', 3, '2001-05-14')),
    ).toMatchObject({ outcome: 'start' });
  });

  it('follows the schedule of the policy once for each time it is due', async () => {
    const hub = retrainingBench(await open());
    hub.set.facts = {
      ...hub.set.facts,
      retraining: { ...hub.set.facts.retraining, schedule: '0 3 * * 1' },
    };
    await hub.round();
    expect((await hub.view()).nextCheck).toBe('2026-11-30T03:00:00.000Z');
    expect(hub.runs()).toEqual([]);
    hub.set.now = '2026-12-09T08:00:00.000Z';
    await hub.round();
    await hub.round();
    const { decisions, nextCheck } = await hub.view();
    expect(decisions).toHaveLength(1);
    expect(decisions[0]).toMatchObject({
      trigger: 'schedule',
      outcome: 'start',
      because: 'the schedule "0 3 * * 1" is due',
    });
    expect(nextCheck).toBe('2026-12-14T03:00:00.000Z');
  });

  it('leaves other problems alone when a schedule is none', async () => {
    const hub = retrainingBench(await open());
    hub.set.facts = {
      ...hub.set.facts,
      retraining: { ...hub.set.facts.retraining, schedule: 'every monday' },
    };
    await expect(hub.round()).resolves.toBeUndefined();
    expect((await hub.view()).nextCheck).toBeUndefined();
  });

  it('tries again where a run is in the way', async () => {
    const hub = retrainingBench(await open());
    hub.set.failWith = new ConflictError('a run of flights is active');
    await hub.retrain('key-of-ada');
    hub.set.failWith = undefined;
    await hub.round();
    expect(hub.runs()).toHaveLength(1);
  });
});

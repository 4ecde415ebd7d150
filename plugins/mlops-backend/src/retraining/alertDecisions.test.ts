import { InputError } from '@backstage/errors';
import { eachDatabase } from '../database/__testUtils__/eachDatabase';
import { retrainingBench } from './__testUtils__/retrainingBench';

jest.setTimeout(120_000);

eachDatabase(open => {
  it('waits for enough windows, then starts one run to the end of the judged window', async () => {
    const hub = retrainingBench(await open());
    const first = await hub.slice.consider(
      hub.alert('2001-04-23', 1, '2001-04-30'),
    );
    expect(first).toMatchObject({ outcome: 'wait', cause: 'more-windows' });
    const second = await hub.slice.consider(
      hub.alert('2001-04-30', 2, '2001-05-07'),
    );
    expect(second).toMatchObject({
      outcome: 'start',
      runId: 'run-1',
      runNumber: 1,
      alertId: 'a1',
      because: expect.stringMatching(/recent_delay drifts: 0\.306/),
    });
    expect(hub.runs().map(({ request }) => request)).toEqual([
      {
        pipeline: 'flights',
        trigger: 'alert',
        because: second.because,
        parameters: { until: '2001-05-07' },
        cache: true,
        idempotencyKey: `decision-${second.id}`,
        actor: 'policy',
        decisionId: second.id,
      },
    ]);
    const third = await hub.slice.consider(
      hub.alert('2001-05-07', 3, '2001-05-13'),
    );
    expect(third).toMatchObject({ outcome: 'wait', cause: 'cool-down' });
    expect(
      (await hub.view()).decisions.map(({ outcome }) => outcome).sort(),
    ).toEqual(['start', 'wait', 'wait']);
  });

  it('decides on the same thing once, whoever asks and however often', async () => {
    const hub = retrainingBench(await open());
    const question = hub.alert('2001-04-30', 2, '2001-05-07');
    const answers = await Promise.all([
      hub.slice.consider(question),
      hub.slice.consider(question),
      hub.slice.consider(question),
    ]);
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect(hub.runs()).toHaveLength(1);
  });

  it('starts one run only when two causes meet', async () => {
    const hub = retrainingBench(await open());
    hub.set.failWith = new Error('the engine is away');
    const both = await Promise.all([
      hub.retrain('key-of-ada'),
      hub.slice.consider(hub.alert('2001-04-30', 2, '2001-05-07')),
    ]);
    expect(both.map(({ outcome }) => outcome).sort()).toEqual([
      'start',
      'wait',
    ]);
    hub.set.failWith = undefined;
    await hub.round();
    expect(hub.runs()).toHaveLength(1);
  });

  it('starts the run of a stored decision after a restart, with the same key', async () => {
    const knex = await open();
    const before = retrainingBench(knex);
    before.set.failWith = new Error('killed at this point');
    const decision = await before.slice.consider(
      before.alert('2001-04-30', 2, '2001-05-07'),
    );
    expect(decision).toMatchObject({ outcome: 'start', runId: undefined });
    const after = retrainingBench(knex);
    await after.round();
    await after.round();
    expect(after.runs().map(({ request }) => request.idempotencyKey)).toEqual([
      `decision-${decision.id}`,
    ]);
    expect((await after.view()).decisions[0].runId).toBe('run-1');
  });

  it('says why a run could not be started and does not try for ever', async () => {
    const hub = retrainingBench(await open());
    hub.set.failWith = new InputError('the pipeline has no parameter until');
    const decision = await hub.retrain('key-of-ada');
    expect(decision.because).toMatch(
      /could not be started: the pipeline has no parameter until/,
    );
    hub.set.failWith = undefined;
    await hub.round();
    expect(hub.runs()).toEqual([]);
    // It was in vain, so nothing cools down.
    const next = await hub.slice.consider(
      hub.alert('2001-04-30', 2, '2001-05-07'),
    );
    expect(next.outcome).toBe('start');
  });
});

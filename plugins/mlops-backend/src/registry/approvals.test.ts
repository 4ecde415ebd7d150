import { Knex } from 'knex';
import { eachDatabase } from '../database/__testUtils__/eachDatabase';
import { as, registryHub } from './__testUtils__/registryHub';

jest.setTimeout(60_000);

const model = 'flight-delay';
const request = (actor: string, version = 1) => ({
  model,
  version,
  endpoint: model,
  reason: 'better on March',
  actor,
});

async function ready(
  knex: Knex,
  changes: Parameters<ReturnType<typeof registryHub>['report']>[1] = {},
  settings: Parameters<typeof registryHub>[2] = {},
) {
  const hub = registryHub(knex, undefined, settings);
  await hub.report('one', changes);
  await hub.check();
  const decide = (
    id: string,
    actor: string,
    body: { decision?: 'approve' | 'refuse'; exception?: boolean } = {},
  ) =>
    hub.handlers.decideApproval(
      {
        params: { id },
        query: {},
        body: {
          decision: 'approve',
          exception: false,
          reason: 'looked at it',
          ...body,
        },
      },
      as(actor),
    );
  return { ...hub, decide };
}

const failedGate = {
  gate: [{ condition: 'no slice worse', state: 'not-met' }],
};

describe('approvals', () => {
  eachDatabase(open => {
    it('wait with their conditions, once per version', async () => {
      const hub = await ready(await open());
      const first = await hub.slice.requestApproval(request('ada'));
      expect(first).toMatchObject({
        state: 'waiting',
        requestedBy: 'ada',
        fourEyesWaived: false,
        metric: { name: 'roc_auc', value: 0.71 },
      });
      const states = first.conditions.map(({ condition, state }) => [
        condition,
        state,
      ]);
      expect(states).toContainEqual(['digest of the artefact checked', 'met']);
      expect(states).toContainEqual([
        'requester and approver differ',
        'unknown',
      ]);
      const again = await Promise.all(
        ['bo', 'cy'].map(actor => hub.slice.requestApproval(request(actor))),
      );
      expect(again.map(({ id }) => id)).toEqual([first.id, first.id]);
      const listed = await hub.slice.listApprovals({ state: 'waiting' });
      expect(listed).toHaveLength(1);
    });

    it('are decided by somebody else, and tell it', async () => {
      const hub = await ready(await open());
      const told = jest.fn(async () => undefined);
      hub.slice.onApprovalDecided(told);
      const { id } = await hub.slice.requestApproval(request('ada'));
      await expect(hub.decide(id, 'ada')).rejects.toMatchObject({
        name: 'NotAllowedError',
        message: expect.stringContaining('somebody else must'),
      });
      expect(await hub.decide(id, 'bo')).toMatchObject({
        state: 'approved',
        decidedBy: 'bo',
        exception: false,
      });
      await hub.deliver();
      expect(told).toHaveBeenCalledWith(
        expect.objectContaining({ id, state: 'approved' }),
      );
      expect(hub.lineage.addEdge).toHaveBeenCalledWith(
        expect.objectContaining({ to: `approval:${id}`, kind: 'approvedBy' }),
      );
      expect((await hub.slice.approvalOf(model, 1))?.state).toBe('approved');
      const again = await hub.slice.requestApproval(request('cy'));
      expect(again.id).toBe(id);
    });

    it('are decided once when two people decide at once: the second hears who was first', async () => {
      const hub = await ready(await open());
      const { id } = await hub.slice.requestApproval(request('ada'));
      const decisions = await Promise.allSettled([
        hub.decide(id, 'bo'),
        hub.decide(id, 'cy', { decision: 'refuse' }),
        hub.decide(id, 'di'),
      ]);
      const done = decisions.filter(({ status }) => status === 'fulfilled');
      expect(done).toHaveLength(1);
      const winner = await hub.slice.approvalOf(model, 1);
      for (const decision of decisions) {
        if (decision.status === 'fulfilled') continue;
        expect(decision.reason).toMatchObject({
          name: 'ConflictError',
          message: expect.stringContaining(
            `${winner!.decidedBy} has already decided`,
          ),
        });
      }
      const { transitions } = await hub.slice.getVersion(model, 1);
      expect(
        transitions.filter(({ what }) => what === 'approval'),
      ).toHaveLength(1);
      await hub.deliver();
    });

    it('may be decided by the requester where that is configured, and say so', async () => {
      const hub = await ready(await open(), {}, { allowSelfApproval: true });
      const { id } = await hub.slice.requestApproval(request('ada'));
      const decided = await hub.decide(id, 'ada');
      expect(decided).toMatchObject({
        state: 'approved',
        fourEyesWaived: true,
      });
      expect(decided.conditions).toContainEqual({
        condition: 'requester and approver differ',
        state: 'met',
        detail: 'waived by configuration',
        checkedBy: 'hub',
      });
    });

    it('need an exception where a condition is not met, which is recorded', async () => {
      const hub = await ready(await open(), failedGate);
      const { id } = await hub.slice.requestApproval(request('ada'));
      await expect(hub.decide(id, 'bo')).rejects.toThrow(
        'no slice worse (not-met)',
      );
      const decided = await hub.decide(id, 'bo', { exception: true });
      expect(decided).toMatchObject({ state: 'approved', exception: true });
      const { transitions } = await hub.slice.getVersion(model, 1);
      expect(transitions[0]).toMatchObject({
        what: 'approval',
        to: 'approved with an exception',
        actor: 'bo',
      });
    });

    it('can be refused whatever the conditions, and asked for again', async () => {
      const hub = await ready(await open(), failedGate);
      const { id } = await hub.slice.requestApproval(request('ada'));
      const refused = await hub.decide(id, 'bo', { decision: 'refuse' });
      expect(refused).toMatchObject({ state: 'refused', exception: false });
      const again = await hub.slice.requestApproval(request('ada'));
      expect(again).toMatchObject({ state: 'waiting' });
      expect(again.id).not.toBe(id);
    });

    it('never let a version pass whose artefact was not checked', async () => {
      const hub = registryHub(await open());
      await hub.report('one');
      const { id } = await hub.slice.requestApproval(request('ada'));
      const decision = hub.handlers.decideApproval(
        {
          params: { id },
          query: {},
          body: { decision: 'approve', reason: 'hurry', exception: true },
        },
        as('bo'),
      );
      await expect(decision).rejects.toThrow(
        'only a ready one can be approved',
      );
    });

    it('are withdrawn when the version leaves the endpoint undecided', async () => {
      const hub = await ready(await open());
      await hub.slice.requestApproval(request('policy'));
      const note = (percent: number) =>
        hub.slice.noteTraffic({
          model,
          endpoint: model,
          traffic: percent ? [{ version: 1, percent }] : [],
          actor: 'policy',
          reason: 'the canary erred',
        });
      await note(10);
      await note(0);
      expect(await hub.slice.approvalOf(model, 1)).toMatchObject({
        state: 'withdrawn',
        decisionReason: 'the canary erred',
      });
    });

    it('are told again to a listener that failed', async () => {
      const knex = await open();
      const hub = await ready(knex);
      let tries = 0;
      hub.slice.onApprovalDecided(async () => {
        tries += 1;
        if (tries === 1) throw new Error('not now');
      });
      const { id } = await hub.slice.requestApproval(request('ada'));
      await hub.decide(id, 'bo');
      await hub.deliver();
      await knex('outbox').whereNull('done_at').update({ next_at: '' });
      await hub.deliver();
      expect(tries).toBe(2);
    });
  });
});

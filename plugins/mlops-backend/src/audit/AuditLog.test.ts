import { eachDatabase } from '../database/__testUtils__/eachDatabase';
import { AuditFact, AuditLog } from './AuditLog';

jest.setTimeout(60_000);

const fact = (changes: Partial<AuditFact> = {}): AuditFact => ({
  actor: 'user:default/ada',
  action: 'deploy',
  object: 'endpoint:flight-delay',
  about: 'flight-delay',
  reason: 'better on March',
  outcome: 'done',
  ...changes,
});
const page = { limit: 50, offset: 0 };

describe('AuditLog', () => {
  eachDatabase(open => {
    it('keeps entries in order and finds them by object, actor, action and name', async () => {
      const audit = new AuditLog(await open());
      await audit.record(fact());
      await audit.record(fact({ actor: 'policy', action: 'promote' }));
      await audit.record(
        fact({ object: 'run:1', about: 'other', detail: { n: 1 } }),
      );
      const all = await audit.list(page);
      expect(all.total).toBe(3);
      expect(all.items.map(({ object }) => object)).toEqual([
        'run:1',
        'endpoint:flight-delay',
        'endpoint:flight-delay',
      ]);
      expect(all.items[0].detail).toEqual({ n: 1 });
      const policy = await audit.list({ ...page, actor: 'policy' });
      expect(policy.items).toMatchObject([{ action: 'promote' }]);
      expect((await audit.list({ ...page, action: 'deploy' })).total).toBe(2);
      expect(await audit.about('flight-delay', 10)).toHaveLength(2);
    });

    it('chains entries that are written at once', async () => {
      const knex = await open();
      const writers = Array.from({ length: 20 }, (_, i) =>
        new AuditLog(knex).record(fact({ object: `run:${i}` })),
      );
      await Promise.all(writers);
      const audit = new AuditLog(knex);
      expect((await audit.list(page)).total).toBe(20);
      expect(await audit.firstBroken()).toBe(undefined);
    });

    it('shows an entry that was changed', async () => {
      const knex = await open();
      const audit = new AuditLog(knex);
      for (let i = 0; i < 3; i += 1) await audit.record(fact());
      await knex('audit')
        .where({ seq: 2 })
        .update({ actor: 'user:default/eve' });
      expect(await audit.firstBroken()).toBe(2);
    });

    it('shows entries that were removed, the last one too', async () => {
      const knex = await open();
      const audit = new AuditLog(knex);
      for (let i = 0; i < 3; i += 1) await audit.record(fact());
      await knex('audit').where({ seq: 3 }).delete();
      expect(await audit.firstBroken()).toBe(3);
      await knex('audit').where({ seq: 1 }).delete();
      expect(await audit.firstBroken()).toBe(1);
    });
  });
});

import { eachDatabase } from '../database/__testUtils__/eachDatabase';
import { AuditLog } from './AuditLog';

jest.setTimeout(60_000);
const page = { limit: 50, offset: 0 };

describe('filters of the audit', () => {
  eachDatabase(open => {
    it('find parts of names, and moments by day or time', async () => {
      const audit = new AuditLog(await open());
      const fact = { reason: 'x', outcome: 'done' as const };
      await audit.record({
        ...fact,
        actor: 'user:default/ann',
        action: 'deploy',
        object: 'endpoint:flight-delay',
      });
      await audit.record({
        ...fact,
        actor: 'policy',
        action: 'rollback',
        object: 'endpoint:fare',
      });
      const found = async (filter: Parameters<AuditLog['list']>[0]) =>
        (await audit.list(filter)).items.map(e => e.action);
      expect(await found({ ...page, actor: 'Ann' })).toEqual(['deploy']);
      expect(await found({ ...page, object: 'endpoint:' })).toHaveLength(2);
      expect(await found({ ...page, action: 'roll' })).toEqual(['rollback']);
      const today = new Date().toISOString().slice(0, 10);
      expect(await found({ ...page, until: today })).toHaveLength(2);
      expect(await found({ ...page, since: today })).toHaveLength(2);
      expect(await found({ ...page, until: '2020-01-01' })).toEqual([]);
      expect(await found({ ...page, since: '2999-01-01' })).toEqual([]);
    });
  });
});

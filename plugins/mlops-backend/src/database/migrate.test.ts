import { migrationsFolder } from './migrate';
import { eachDatabase } from './__testUtils__/eachDatabase';

jest.setTimeout(60_000);

describe('the migrations', () => {
  eachDatabase(open => {
    it('make the tables, and take them back', async () => {
      const knex = await open();
      await knex('runs').select('id');
      await knex.migrate.rollback({ directory: migrationsFolder }, true);
      expect(await knex.schema.hasTable('runs')).toBe(false);
      expect(await knex.schema.hasTable('audit')).toBe(false);
      await knex.migrate.latest({ directory: migrationsFolder });
      expect(await knex.schema.hasTable('runs')).toBe(true);
    });
  });
});

/* eslint-disable jest/no-export, jest/valid-title, jest/no-disabled-tests, jest/expect-expect, jest/require-top-level-describe -- the tests of stores call it */
import createKnex, { Knex } from 'knex';
import { migrationsFolder } from '../migrate';
import { PostgresServer, preparePostgres } from './postgres';

/** Makes a database of its own with the hub's tables; closed when the tests end. */
export type OpenDatabase = () => Promise<Knex>;

/** Runs the tests on SQLite and on a real Postgres; where none can run the reason is printed. */
export function eachDatabase(tests: (open: OpenDatabase) => void): void {
  describe('on SQLite', () => {
    const opened: Knex[] = [];
    afterAll(() => Promise.all(opened.map(knex => knex.destroy())));
    tests(async () => {
      const knex = createKnex({
        client: 'better-sqlite3',
        connection: ':memory:',
        useNullAsDefault: true,
      });
      opened.push(knex);
      return await migrated(knex);
    });
  });

  const prepared = preparePostgres();
  if ('reason' in prepared) {
    // eslint-disable-next-line no-console
    console.warn(`Tests on Postgres are left out: ${prepared.reason}`);
    it.skip(`on Postgres: ${prepared.reason}`, () => {});
    return;
  }
  describe('on Postgres', () => {
    const opened: Knex[] = [];
    let server: PostgresServer;
    let admin: Knex;
    beforeAll(async () => {
      server = await prepared.start();
      admin = server.client();
    }, 60_000);
    afterAll(async () => {
      await Promise.all([...opened, admin].map(knex => knex?.destroy()));
      await server?.stop();
    }, 60_000);
    tests(async () => {
      const name = `hub_${opened.length}`;
      await admin.raw(`create database ${name}`);
      const knex = server.client(name);
      opened.push(knex);
      return await migrated(knex);
    });
  });
}

async function migrated(knex: Knex): Promise<Knex> {
  await knex.migrate.latest({ directory: migrationsFolder });
  return knex;
}

import {
  DatabaseService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { Knex } from 'knex';

export const migrationsFolder = resolvePackagePath(
  '@mlops-portal/plugin-mlops-backend',
  'migrations',
);

/** Opens the hub's database and brings its tables up to date, unless the operator runs migrations apart. */
export async function openDatabase(database: DatabaseService): Promise<Knex> {
  const knex = await database.getClient();
  if (!database.migrations?.skip) {
    await knex.migrate.latest({ directory: migrationsFolder });
  }
  return knex;
}

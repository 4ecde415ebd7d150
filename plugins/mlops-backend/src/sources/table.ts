import { promises as fs } from 'fs';
import { join } from 'path';
import { createHash, randomUUID } from 'crypto';
import { InputError } from '@backstage/errors';
import { Duck, firstLine, literal, withDuck } from '../duckdb/duckdb';
import { Encoding } from '@mlops-portal/plugin-mlops-common';
import { encodingOf, FoundEncoding, writeAsUtf8 } from './encoding';
import { CsvHeader, readHeader } from './header';
import { Place } from './places';

export type ColumnClass = 'int' | 'float' | 'bool' | 'time' | 'text' | 'other';

/**
 * How the values of a column are written where that is not plain: a format of strptime (`persian %Y/%m/%d` of the Persian
 * calendar), `seconds` or `milliseconds` since 1970, or the number 1234.5 with its separators (`1,234.5` or `1.234,5`; a currency, a percent sign and digits of another
 * script go with either).
 */
export type Written = string;

/** A column of an open table. Inside SQL it is called by its `id`, whatever people call it. */
export interface TableColumn {
  name: string;
  id: string;
  sourceType: string;
  class: ColumnClass;
  /** Found from the column as a whole; the repository reads it in the same way. */
  written?: Written;
  /** Its dates fit with the day first as well as with the month first; nothing is `written` until a person chooses. */
  orders?: Written[];
  /** One of a few values that keep it from being a column of dates of the Persian calendar. */
  odd?: string;
}

export interface OpenTable {
  duck: Duck;
  /** To stand after FROM; its columns are the ids. */
  relation: string;
  columns: TableColumn[];
  rows: number;
  place: Place;
  /** Between the values of a line of CSV. */
  separator?: string;
  /** Of CSV. */
  encoding?: FoundEncoding;
  /** Column -> how it is written, as a person chose. */
  chosen?: Record<string, Written>;
}

export interface TableOptions {
  home: string;
  /** What the file is in, where a person says so. */
  encoding?: Encoding;
  chosen?: Record<string, Written>;
  signal?: AbortSignal;
}

const COPY_KEPT_MS = 30 * 60_000;
const LIMIT_MS = 300_000;
const MOST_COLUMNS = 1000;
/** Values of a copy that are held at once. */
const CELLS = 6_000_000;

/** Opens a table and runs `work` on it. CSV is turned into Parquet first, every value as text; the copy serves the next questions. */
export async function withTable<T>(
  place: Place,
  options: TableOptions,
  work: (table: OpenTable) => Promise<T>,
): Promise<T> {
  const scratch = join(options.home, 'scratch', randomUUID());
  const copies = join(options.home, 'scratch', 'tables');
  await fs.mkdir(scratch, { recursive: true });
  await fs.mkdir(copies, { recursive: true });
  try {
    return await withDuck(
      {
        files: [place.path],
        folders: [scratch, copies],
        spill: join(scratch, 'spill'),
        signal: options.signal,
        timeoutMs: LIMIT_MS,
      },
      async duck => {
        const opened =
          place.format === 'parquet'
            ? await openParquet(duck, place)
            : await openCsv(duck, place, { ...options, scratch, copies });
        const [{ n }] = await duck.rows<{ n: number }>(
          `SELECT count(*)::DOUBLE AS n FROM ${opened.relation}`,
        );
        const { chosen } = options;
        return work({ duck, place, chosen, rows: n, ...opened });
      },
    );
  } finally {
    await fs.rm(scratch, { recursive: true, force: true });
  }
}

async function openParquet(duck: Duck, place: Place) {
  const file = `read_parquet(${literal(place.path)})`;
  try {
    const described = await duck.rows<{
      column_name: string;
      column_type: string;
    }>(`DESCRIBE SELECT * FROM ${file}`);
    const columns = described.map((each, index) => ({
      name: each.column_name,
      id: `c${index}`,
      sourceType: each.column_type,
      class: classOf(each.column_type),
    }));
    return { columns, relation: aliased(file, columns) };
  } catch (error) {
    throw new InputError(
      `${place.path} cannot be read as Parquet: ${firstLine(error)}`,
      error,
    );
  }
}

async function openCsv(
  duck: Duck,
  place: Place,
  options: TableOptions & { scratch: string; copies: string },
) {
  const encoding = await encodingOf(place.path, options.encoding);
  const header = await readHeader(place.path, encoding.name);
  if (header.names.length > MOST_COLUMNS) {
    throw new InputError(
      `${place.path} has ${header.names.length} columns; at most ${MOST_COLUMNS} can be read: leave out those that are no inputs`,
    );
  }
  const columns = header.names.map((name, index) => ({
    name,
    id: `c${index}`,
    sourceType: 'VARCHAR',
    class: 'text' as const,
  }));
  const copy = await copyOf(place, options.copies, encoding.name);
  if (!(await fs.stat(copy).catch(() => undefined))) {
    let { path } = place;
    if (encoding.name !== 'utf-8') {
      path = join(options.scratch, 'utf8.csv');
      await writeAsUtf8(place.path, encoding.name, path, options.signal);
    }
    await copyCsv(duck, { place, path, header, columns, copy });
    if (path !== place.path) await fs.rm(path, { force: true });
  }
  return {
    columns,
    encoding,
    separator: header.separator,
    relation: aliased(`read_parquet(${literal(copy)})`, columns),
  };
}

/** Turns CSV in UTF-8 into Parquet, every value as text. */
async function copyCsv(
  duck: Duck,
  from: {
    place: Place;
    path: string;
    header: CsvHeader;
    columns: TableColumn[];
    copy: string;
  },
) {
  const types = from.columns.map(each => `'${each.id}': 'VARCHAR'`).join(', ');
  const csv =
    `read_csv(${literal(from.path)}, auto_detect=false, header=true, ` +
    `delim=${literal(
      from.header.separator,
    )}, quote='"', escape='"', columns={${types}}, ` +
    `nullstr='', max_line_size=10000000)`;
  const part = `${from.copy}.${randomUUID()}.part`;
  try {
    await duck.run(
      `COPY (SELECT * FROM ${csv}) TO ${literal(
        part,
      )} (FORMAT parquet, ROW_GROUP_SIZE ${groupSize(from.columns.length)})`,
    );
    await fs.rename(part, from.copy);
  } catch (error) {
    throw unreadable(from.place.path, error);
  } finally {
    await fs.rm(part, { force: true });
  }
}

/** Rows that are held at once, fewer of a wide table. */
function groupSize(columns: number): number {
  return Math.max(2048, Math.min(122_880, Math.floor(CELLS / columns)));
}

/** The reader's reason in words that say what to change in the file. */
function unreadable(path: string, error: unknown): InputError {
  const reason = String((error as Error)?.message ?? error);
  const line = /CSV Error on Line: (\d+)/.exec(reason)?.[1];
  const at = line ? `line ${line} of ${path}` : path;
  if (/unicode|not utf-8/i.test(reason)) {
    return new InputError(
      `${at} holds characters that are not in UTF-8 as the others are; save the table as "CSV UTF-8"`,
    );
  }
  const counts = /Expected Number of Columns: (\d+) Found: (\d+)/.exec(reason);
  if (counts) {
    return new InputError(
      `${at} has ${counts[2]} values where the first line names ${counts[1]} columns; leave out lines above the names, and quote values that hold a separator`,
    );
  }
  return new InputError(
    `${at} cannot be read as CSV: ${firstLine(error)}`,
    error,
  );
}

/** Where the copy of a file in its present state belongs; copies that nobody asked for lately go. */
async function copyOf(
  place: Place,
  folder: string,
  encoding: string,
): Promise<string> {
  const { mtimeMs, size } = await fs.stat(place.path);
  const now = Date.now();
  for (const name of await fs.readdir(folder)) {
    const path = join(folder, name);
    const { atimeMs, mtimeMs: made } = await fs.stat(path);
    if (now - Math.max(atimeMs, made) > COPY_KEPT_MS) {
      await fs.rm(path, { force: true });
    }
  }
  const key = createHash('sha256')
    .update(`${place.path}\0${mtimeMs}\0${size}\0${encoding}`)
    .digest('hex');
  return join(folder, `${key}.parquet`);
}

function aliased(file: string, columns: TableColumn[]): string {
  return `${file} AS t(${columns.map(each => each.id).join(', ')})`;
}

function classOf(type: string): ColumnClass {
  if (/^U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?$/.test(type)) return 'int';
  if (/^(FLOAT|DOUBLE|REAL|DECIMAL)/.test(type)) return 'float';
  if (type === 'BOOLEAN') return 'bool';
  if (/^(TIMESTAMP|DATE$)/.test(type)) return 'time';
  if (/^(VARCHAR|UUID$|ENUM)/.test(type) && !type.endsWith(']')) return 'text';
  return 'other';
}

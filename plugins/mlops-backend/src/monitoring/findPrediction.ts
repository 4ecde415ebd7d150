import { promises as fs } from 'fs';
import { join } from 'path';
import { literal, withDuck } from '../duckdb/duckdb';
import { CapturedPrediction } from '../slices';
import { DayFiles, Layout, linesIn, listDays } from './capture/layout';

interface Line {
  filename: string;
  id: string;
  t: string;
  a: string;
  r: string | null;
  p: string | null;
  x: string;
}

/** One captured prediction with its newest label. Scored days are looked up by their list of ids, the others by their lines. */
export async function findPrediction(
  options: {
    layout: Layout;
    spill: string;
    scoredFile(version: number, day: string): string;
  },
  endpoint: string,
  id: string,
): Promise<CapturedPrediction | undefined> {
  const days = await listDays(options.layout, endpoint);
  const scored = await withFiles(days, day =>
    options.scoredFile(day.version, day.day),
  );
  const listed = await dayOf(scored, id, options.spill);
  const candidates = listed
    ? days.filter(
        each => each.version === listed.version && each.day === listed.day,
      )
    : days;
  const line = await lineIn(
    candidates.flatMap(({ files }) => files),
    id,
    options.spill,
  );
  const day = candidates.find(({ files }) =>
    files.includes(line?.filename ?? ''),
  );
  if (!line || !day) return undefined;
  const labels = await linesIn(join(options.layout.labels, endpoint));
  return {
    id,
    at: line.a,
    eventTime: line.t,
    endpoint,
    version: day.version,
    ...(line.r ? { revision: line.r } : {}),
    features: JSON.parse(line.x),
    prediction: line.p === null ? null : JSON.parse(line.p),
    label: await labelOf(labels.files, id, options.spill),
  };
}

async function withFiles(days: DayFiles[], pathOf: (day: DayFiles) => string) {
  const all = await Promise.all(
    days.map(async day => {
      const file = pathOf(day);
      const there = await fs.stat(file).then(
        () => true,
        () => false,
      );
      return there ? [{ file, version: day.version, day: day.day }] : [];
    }),
  );
  return all.flat();
}

async function dayOf(
  scored: Array<{ file: string; version: number; day: string }>,
  id: string,
  spill: string,
) {
  if (!scored.length) return undefined;
  const files = scored.map(({ file }) => file);
  const [row] = await withDuck({ files, spill }, duck =>
    duck.rows<{ filename: string }>(
      `SELECT filename FROM read_parquet([${files
        .map(literal)
        .join(', ')}], filename=true) WHERE id = ${literal(id)} LIMIT 1`,
    ),
  );
  return row && scored.find(({ file }) => file === row.filename);
}

async function lineIn(files: string[], id: string, spill: string) {
  if (!files.length) return undefined;
  const [line] = await withDuck({ files, spill }, duck =>
    duck.rows<Line & Record<string, unknown>>(
      `SELECT filename, id, t, a, r, p::VARCHAR AS p, x::VARCHAR AS x FROM read_json([${files
        .map(literal)
        .join(
          ', ',
        )}], format='newline_delimited', filename=true, ignore_errors=true, columns={${[
        'id',
        't',
        'a',
        'r',
      ]
        .map(name => `${name}: 'VARCHAR'`)
        .join(', ')}, p: 'JSON', x: 'JSON'}) WHERE id = ${literal(id)} LIMIT 1`,
    ),
  );
  return line;
}

async function labelOf(files: string[], id: string, spill: string) {
  if (!files.length) return null;
  const [row] = await withDuck({ files, spill }, duck =>
    duck.rows<{ label: string | null }>(
      `SELECT label::VARCHAR AS label FROM read_json([${files
        .map(literal)
        .join(
          ', ',
        )}], format='newline_delimited', ignore_errors=true, columns={id: 'VARCHAR', label: 'JSON', s: 'BIGINT'}) WHERE id = ${literal(
        id,
      )} ORDER BY s DESC LIMIT 1`,
    ),
  );
  return row?.label ? JSON.parse(row.label) : null;
}

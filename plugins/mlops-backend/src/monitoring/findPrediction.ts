import { basename, join } from 'path';
import { literal, withDuck } from '../duckdb/duckdb';
import { CapturedPrediction } from '../slices';
import {
  DayFiles,
  exists,
  labelledFile,
  Layout,
  linesIn,
  listDays,
  openLabelsFile,
  scoredFile,
} from './capture/layout';
import { LabelLedger } from './LabelLedger';

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
  options: { layout: Layout; spill: string },
  endpoint: string,
  id: string,
): Promise<CapturedPrediction | undefined> {
  const days = await listDays(options.layout, endpoint);
  const scored = await withFiles(days, day =>
    scoredFile(options.layout, endpoint, day.version, day.day),
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
  return {
    id,
    at: line.a,
    eventTime: line.t,
    endpoint,
    version: day.version,
    ...(line.r ? { revision: line.r } : {}),
    features: JSON.parse(line.x),
    prediction: line.p === null ? null : JSON.parse(line.p),
    label: await labelOf(options, { endpoint, ...day }, id),
  };
}

async function withFiles(days: DayFiles[], pathOf: (day: DayFiles) => string) {
  const there = new Set(await existing(days.map(pathOf)));
  return days
    .map(day => ({ file: pathOf(day), version: day.version, day: day.day }))
    .filter(({ file }) => there.has(file));
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

/** The newest of those that were found to belong to the day and those that were not looked at yet. */
async function labelOf(
  { layout, spill }: { layout: Layout; spill: string },
  {
    endpoint,
    version,
    day,
  }: { endpoint: string; version: number; day: string },
  id: string,
) {
  const lines = await linesIn(join(layout.labels, endpoint));
  const read = await new LabelLedger(join(layout.labelled, endpoint)).read();
  const unread = lines.files.filter(
    (file, at) => read.files[basename(file)] !== lines.sizes[at],
  );
  const found = await existing([
    labelledFile(layout, endpoint, version, day),
    openLabelsFile(layout, endpoint),
  ]);
  const parts = [
    ...(unread.length
      ? [
          `SELECT id, label::VARCHAR AS label, s FROM read_json([${unread
            .map(literal)
            .join(
              ', ',
            )}], format='newline_delimited', ignore_errors=true, columns={id: 'VARCHAR', label: 'JSON', s: 'BIGINT'})`,
        ]
      : []),
    ...found.map(
      file => `SELECT id, label, s FROM read_parquet(${literal(file)})`,
    ),
  ];
  if (!parts.length) return null;
  const [row] = await withDuck({ files: [...unread, ...found], spill }, duck =>
    duck.rows<{ label: string | null }>(
      `SELECT label FROM (${parts.join(' UNION ALL ')}) WHERE id = ${literal(
        id,
      )} ORDER BY s DESC LIMIT 1`,
    ),
  );
  return row?.label ? JSON.parse(row.label) : null;
}

async function existing(files: string[]): Promise<string[]> {
  const there = await Promise.all(files.map(exists));
  return files.filter((_, at) => there[at]);
}

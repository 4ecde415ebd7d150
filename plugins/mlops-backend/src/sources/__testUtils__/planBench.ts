import { mkdtempSync, readFileSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { fromJSONSchema } from 'zod';
import {
  ProblemFormInput,
  problemFormSchema,
  TableSource,
} from '@mlops-portal/plugin-mlops-common';
import { createSourcesSlice } from '..';

export const home = mkdtempSync(join(tmpdir(), 'plan-'));
const { handlers } = createSourcesSlice({
  home,
  allowedFolders: [home],
  allowedHosts: [],
  maxUploadBytes: 1_000_000,
});
const context = {
  actor: 'user:default/a',
  credentials: {} as never,
  signal: new AbortController().signal,
};

/** The template is the authority on what it can be rendered with. Its if-then rules are beyond this reader of schemas. */
const { allOf: conditional, ...base } = JSON.parse(
  readFileSync(
    join(__dirname, '../../../../../templates/tabular/values.schema.json'),
    'utf8',
  ),
);
const templateSchema = fromJSONSchema(base);

export async function plan(form: Partial<ProblemFormInput>) {
  const made = await handlers.planProblem(
    {
      params: {},
      query: {},
      body: problemFormSchema.parse({
        name: 'a-problem',
        title: 'A problem',
        owner: 'group:default/ml',
        target: 'y',
        ...form,
      }),
    },
    context,
  );
  if (made.values) templateSchema.parse(made.values);
  return made;
}

/** What the form is shown of a table. */
export function profile(source: TableSource, written?: Record<string, string>) {
  return handlers.inspectSource(
    { params: {}, query: {}, body: { source, written } },
    context,
  );
}

/** A table by a function of the row number. */
export function csv(
  rows: number,
  columns: Record<string, (row: number) => unknown>,
) {
  const names = Object.keys(columns);
  const lines = Array.from({ length: rows }, (_, row) =>
    names.map(name => String(columns[name](row) ?? '')).join(','),
  );
  return file(`${names.join(',')}\n${lines.join('\n')}\n`);
}

/** A CSV file with that content. */
export function file(content: string | Buffer) {
  const path = join(home, `${Math.random().toString(36).slice(2)}.csv`);
  writeFileSync(path, content);
  return { kind: 'path' as const, path };
}

/** The same numbers in every run, without a pattern. */
export const noise = (row: number, salt = 1) =>
  (((Math.sin(row * 12.9898 * salt + salt) * 43758.5453) % 1) + 1) % 1;

import { existsSync, promises as fs } from 'fs';
import { dirname, extname, isAbsolute, join, sep } from 'path';
import { InputError, NotFoundError } from '@backstage/errors';
import { TableSource } from '@mlops-portal/plugin-mlops-common';
import { download } from './download';
import { SourceRules } from './rules';

export type { SourceRules } from './rules';

/** A table that may be read. `path` is real: no link in it points elsewhere. */
export interface Place {
  path: string;
  format: 'csv' | 'parquet';
  sizeBytes: number;
  example?: Example;
}

export interface Example {
  id: string;
  title: string;
  description: string;
  file: string;
  suggested: {
    target: string;
    positive?: string;
    time?: string;
    entity: string[];
    trainUntil?: string;
  };
}

/** Tables that come with the portal's own packages; nothing is fetched for them. */
export const EXAMPLES: readonly Example[] = [
  {
    id: 'flights',
    title: 'US flights, January to June 2001',
    description:
      'Three million flights with departure time, delay, distance, origin and destination. Public data of the US Department of Transportation, from the package vega-datasets.',
    file: 'flights-3m.parquet',
    suggested: {
      target: 'delay',
      positive: '> 15',
      time: 'date',
      entity: ['origin'],
      trainUntil: '2001-03-15',
    },
  },
];

/**
 * Finds the file behind a source and checks that it may be read.
 * InputError: outside of what the operator allows, or no table. NotFoundError: nothing there.
 */
export async function locate(
  source: TableSource,
  rules: SourceRules,
  signal?: AbortSignal,
): Promise<Place> {
  switch (source.kind) {
    case 'example': {
      const example = EXAMPLES.find(each => each.id === source.example);
      if (!example) {
        throw new NotFoundError(
          `there is no example table '${
            source.example
          }'; there are: ${EXAMPLES.map(each => each.id).join(', ')}`,
        );
      }
      return { ...(await tableAt(examplePath(example))), example };
    }
    case 'path':
      return tableAt(await insideAllowed(source.path, rules));
    case 'upload':
      return tableAt(uploadPath(source.uploadId, rules));
    case 'url':
      return tableAt(await download(source.url, rules, signal));
    default:
      throw new InputError('the kind of source is not known');
  }
}

/** Path of an upload by its id; the id never becomes a path of its own making. */
export function uploadPath(id: string, rules: SourceRules): string {
  if (!/^[0-9a-f-]{36}\.(csv|parquet)$/.test(id)) {
    throw new InputError(`'${id}' is no id of an upload`);
  }
  return join(rules.home, 'uploads', id);
}

async function insideAllowed(
  asked: string,
  rules: SourceRules,
): Promise<string> {
  if (!isAbsolute(asked)) {
    throw new InputError(`'${asked}': give the whole path, from / on`);
  }
  const roots = await Promise.all(
    rules.allowedFolders.map(folder => fs.realpath(folder).catch(() => null)),
  );
  const refused = new InputError(
    rules.allowedFolders.length
      ? `'${asked}' is outside of the folders that tables may be read from: ${rules.allowedFolders.join(
          ', ',
        )}`
      : 'no folder is open for reading tables by path; the operator opens one with mlops.sources.allowedFolders',
  );
  const real = await fs.realpath(asked).catch(() => null);
  const inside = (path: string) =>
    roots.some(root => root !== null && path.startsWith(root + sep));
  if (real === null) {
    // Whether a file exists outside of the allowed folders is nobody's business.
    const parent = await fs.realpath(dirname(asked)).catch(() => null);
    if (parent === null || !inside(`${parent}${sep}`)) throw refused;
    throw new NotFoundError(`there is no file '${asked}'`);
  }
  if (!inside(real)) throw refused;
  return real;
}

function examplePath(example: Example): string {
  // The package exports only its entry, so its data is found beside that.
  const entry = require.resolve('vega-datasets', {
    // eslint-disable-next-line no-restricted-syntax
    paths: [__dirname, process.cwd()],
  });
  let folder = dirname(entry);
  while (!existsSync(join(folder, 'data', example.file))) {
    const parent = dirname(folder);
    if (parent === folder) {
      throw new NotFoundError(
        `the package vega-datasets does not carry ${example.file}; install it again`,
      );
    }
    folder = parent;
  }
  return join(folder, 'data', example.file);
}

async function tableAt(path: string): Promise<Place> {
  const stat = await fs.stat(path).catch(() => null);
  if (!stat?.isFile()) throw new NotFoundError(`there is no file '${path}'`);
  const file = await fs.open(path);
  const magic = Buffer.alloc(4);
  try {
    await file.read(magic, 0, 4, 0);
  } finally {
    await file.close();
  }
  const parquet = magic.toString('latin1') === 'PAR1';
  const extension = extname(path).toLowerCase();
  if (extension !== '.csv' && extension !== '.parquet') {
    throw new InputError(
      `'${path}' is neither a .csv nor a .parquet file; export the table as one of these`,
    );
  }
  if (parquet !== (extension === '.parquet')) {
    throw new InputError(
      `'${path}' is called ${extension} but its content is ${
        parquet ? 'Parquet' : 'not Parquet'
      }; name it after what it is`,
    );
  }
  return {
    path,
    format: parquet ? 'parquet' : 'csv',
    sizeBytes: stat.size,
  };
}

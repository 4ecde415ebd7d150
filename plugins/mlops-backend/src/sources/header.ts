import { promises as fs } from 'fs';
import { InputError } from '@backstage/errors';

const LONGEST_HEADER = 1_000_000;
const SEPARATORS = [',', ';', '\t', '|'];

export interface CsvHeader {
  names: string[];
  separator: string;
}

/**
 * Names of a CSV file's columns as the repository's reader sees them.
 * InputError where it would read another table than the one that is meant.
 */
export async function readHeader(
  path: string,
  encoding: string,
): Promise<CsvHeader> {
  const file = await fs.open(path);
  let text: string;
  try {
    const buffer = Buffer.alloc(LONGEST_HEADER);
    const { bytesRead } = await file.read(buffer, 0, LONGEST_HEADER, 0);
    text = new TextDecoder(encoding).decode(buffer.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
  const separator = separatorOf(text.split('\n', 1)[0]);
  const fields = firstRecord(text, separator);
  const names = fields.map((field, index) => field || `Unnamed: ${index}`);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new InputError(
      `${path} has two columns called '${twice}'; give each its own name`,
    );
  }
  return { names, separator };
}

/** The separator that occurs most often outside of quotes. */
function separatorOf(line: string): string {
  const bare = line.replace(/"[^"]*"/g, '');
  const counts = SEPARATORS.map(each => bare.split(each).length);
  return SEPARATORS[counts.indexOf(Math.max(...counts))];
}

function firstRecord(text: string, separator: string): string[] {
  const fields: string[] = [];
  let field = '';
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (quoted) {
      if (char === '"' && text[at + 1] === '"') {
        field += '"';
        at++;
      } else if (char === '"') {
        quoted = false;
      } else {
        field += char;
      }
    } else if (char === '"' && field === '') {
      quoted = true;
    } else if (char === separator) {
      fields.push(field);
      field = '';
    } else if (char === '\n') {
      return [...fields, field.replace(/\r$/, '')];
    } else {
      field += char;
    }
  }
  throw new InputError(
    'the file has no line of column names followed by rows of values',
  );
}

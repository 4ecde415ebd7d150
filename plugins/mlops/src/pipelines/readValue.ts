export type ReadValue =
  | { kind: 'number'; number: number }
  | {
      kind: 'structure';
      list: boolean;
      /** Entries of the list or the object. */
      size: number;
      /** The first names of an object, for its folded line. */
      keys: string;
      /** Indented JSON. */
      text: string;
    }
  | { kind: 'text'; text: string; short: string };

const LONGEST = 60;
const PLACE = /^(\/|[A-Za-z]:\\|file:\/\/)/;
const DIGEST = /^(sha256:)?[0-9a-f]{32,}$/;

/** A parameter or artefact of a step in a form that can be shown. Text that holds JSON counts as what it holds. */
export function readValue(value: unknown): ReadValue {
  if (typeof value === 'number') return { kind: 'number', number: value };
  if (typeof value === 'object' && value !== null) return structure(value);
  const text = typeof value === 'string' ? value : String(value);
  const held = heldJson(text);
  if (held) return structure(held);
  return { kind: 'text', text, short: shortOf(text) };
}

function structure(value: object): ReadValue {
  const list = Array.isArray(value);
  const keys = Object.keys(value);
  return {
    kind: 'structure',
    list,
    size: keys.length,
    keys: list
      ? ''
      : keys.slice(0, 4).join(', ') + (keys.length > 4 ? ', …' : ''),
    text: JSON.stringify(value, null, 2),
  };
}

function heldJson(text: string): object | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The end of a path and the start of a digest tell which one it is. */
function shortOf(text: string): string {
  if (PLACE.test(text)) {
    const parts = text.split(/[\\/]/).filter(Boolean);
    return parts.length > 3 ? `…/${parts.slice(-2).join('/')}` : text;
  }
  if (DIGEST.test(text)) return `${text.slice(0, 12)}…`;
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

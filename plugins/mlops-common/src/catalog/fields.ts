import { LIFECYCLES } from './kinds';

/** A JSON schema as the catalog model takes it. */
export type JsonSchema = { [key: string]: any };

/** The catalog's search index drops values that are longer. */
export const MAX_FILTERABLE = 200;
const MAX_REFERENCES = 100;

/** Short text that can be filtered by. */
export function text(description: string, maxLength = MAX_FILTERABLE) {
  return {
    type: 'string',
    minLength: 1,
    maxLength,
    pattern: '\\S',
    description,
    errorMessage: {
      pattern: 'must not be blank',
      type: 'must be text',
    },
  };
}

export function flag(description: string) {
  return { type: 'boolean', description };
}

export function oneOf(values: readonly string[], description: string) {
  return {
    type: 'string',
    enum: [...values],
    description,
    errorMessage: { enum: `must be one of ${values.join(', ')}` },
  };
}

/**
 * Reference to an entity of one of `kinds`, of which the first may be left out. A kind that is not
 * allowed is refused here, because the catalog would drop such a relation without a word.
 */
export function reference(kinds: string[], description: string) {
  const anyCase = (word: string) =>
    [...word].map(c => `[${c.toUpperCase()}${c.toLowerCase()}]`).join('');
  const name = '[a-zA-Z0-9](?:[a-zA-Z0-9_.-]{0,61}[a-zA-Z0-9])?';
  const namespace = '[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?';
  const kind = kinds.map(anyCase).join('|');
  return {
    type: 'string',
    maxLength: MAX_FILTERABLE,
    pattern: `^(?:(?:${kind}):)?(?:${namespace}/)?${name}$`,
    description,
    errorMessage: {
      type: 'must be a reference such as kind:namespace/name',
      pattern: `must be a reference to ${kinds
        .map(k => `${k.toLowerCase()}:name`)
        .join(' or ')}`,
    },
  };
}

export function references(kinds: string[], description: string) {
  return {
    type: 'array',
    uniqueItems: true,
    maxItems: MAX_REFERENCES,
    items: reference(kinds, description),
    description,
  };
}

/** An object with these fields and no other: no free maps in a spec. */
export function object(
  properties: Record<string, JsonSchema>,
  required: string[],
): JsonSchema {
  return { type: 'object', required, additionalProperties: false, properties };
}

/** The spec of a kind of ours: its own fields beside type, lifecycle, owner and system. */
export function specOf(
  properties: Record<string, JsonSchema>,
  required: string[],
): JsonSchema {
  return {
    type: 'object',
    required: ['spec'],
    properties: {
      spec: object(
        {
          type: text('What sort of asset it is'),
          lifecycle: oneOf(LIFECYCLES, 'Where the asset is in its life'),
          owner: reference(['Group', 'User'], 'Who answers for it'),
          system: reference(['System'], 'System that it belongs to'),
          ...properties,
        },
        ['type', 'lifecycle', 'owner', ...required],
      ),
    },
  };
}

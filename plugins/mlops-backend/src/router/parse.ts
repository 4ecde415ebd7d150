import { FieldError, RouteSpec } from '@mlops-portal/plugin-mlops-common';
import { Request } from 'express';
import { z } from 'zod';
import { FieldsError, fieldsOf } from './errors';

/** Postgres keeps no text with it; it has no use in any field. */
const NUL = 'has a NUL character';

/** Path parameters, query and body by the schemas of the route; FieldsError naming every field that is wrong. */
export function parse(spec: RouteSpec, req: Request) {
  const parts = [
    ['params', spec.params, req.params],
    ['query', spec.query, req.query],
    ['body', spec.body, bodyOf(spec, req)],
  ] as const;
  const input: Record<string, unknown> = {};
  const refused: FieldError[] = [];
  for (const [part, schema, value] of parts) {
    const parsed = (schema ?? z.unknown().transform(() => ({}))).safeParse(
      value,
    );
    const nul = nulIn(value);
    if (nul !== undefined) {
      const field = [part === 'body' ? '' : part, nul].filter(Boolean).join('.');
      refused.push({ field: field || 'body', message: NUL });
    }
    if (parsed.success) input[part] = parsed.data;
    else refused.push(...fieldsOf(parsed.error, part === 'body' ? '' : part));
  }
  if (refused.length) throw new FieldsError(refused);
  return input;
}

/** express.json leaves `{}` where nothing was sent; a body that must be there is then refused by its schema. */
function bodyOf(spec: RouteSpec, req: Request): unknown {
  return spec.method === 'get' ? undefined : req.body;
}

/** Path of the first text with a NUL character; '' for the value itself. */
function nulIn(value: unknown): string | undefined {
  if (typeof value === 'string') return value.includes('\0') ? '' : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const found = nulIn(inner);
    if (found !== undefined) return found ? `${key}.${found}` : key;
  }
  return undefined;
}

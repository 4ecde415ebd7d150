import { z } from 'zod';

/** A part of a report that could not be used. */
export interface Ignored {
  field: string;
  reason: string;
}

export function objectOf(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

/** A field by a schema; undefined where it is absent, and where it is wrong, which is then noted. */
export function take<T>(
  from: Record<string, unknown>,
  field: string,
  schema: z.ZodType<T>,
  where: string,
  ignored: Ignored[],
): T | undefined {
  const value = from[field];
  if (value === undefined || value === null) return undefined;
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  ignored.push({
    field: [where, field, ...issue.path].join('.'),
    reason: issue.message,
  });
  return undefined;
}

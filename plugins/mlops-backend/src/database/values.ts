import { createHash } from 'node:crypto';

/** How values lie in columns that are the same on SQLite and Postgres: times as ISO text, structures as JSON text. */
export function toJson(value: unknown): string {
  return JSON.stringify(value ?? null);
}

/** Reads a JSON column; null and absent give the fallback. */
export function fromJson<T>(text: string | null | undefined, fallback: T): T {
  if (text === null || text === undefined) return fallback;
  return (JSON.parse(text) ?? fallback) as T;
}

/** The time `ms` from now as ISO text; such texts sort like the times. */
export function isoTime(ms = 0): string {
  return new Date(Date.now() + ms).toISOString();
}

/** Turns SQL nulls into absent fields. */
export function orAbsent<T>(value: T | null | undefined): T | undefined {
  return value === null ? undefined : value;
}

/** sha256 over the parts, separated so that no two lists of parts collide. */
export function digestOf(...parts: string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${part.length}:${part}`);
  return hash.digest('hex');
}

/** Counts come back as text from Postgres. */
export function countOf(row: unknown): number {
  return Number((row as { n?: unknown } | undefined)?.n ?? 0);
}

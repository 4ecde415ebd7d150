import { promises as fs } from 'node:fs';
import { randomUUID } from 'node:crypto';
import type { z } from 'zod';

/** Writes a file whole or not at all, readable by the owner only. */
export async function writeJson(file: string, value: unknown): Promise<void> {
  const draft = `${file}.${randomUUID()}.tmp`;
  try {
    await fs.writeFile(draft, JSON.stringify(value), { mode: 0o600 });
    await fs.rename(draft, file);
  } catch (error) {
    await fs.rm(draft, { force: true });
    throw error;
  }
}

/** The file's content by its schema; undefined if the file is missing or is not of that form. */
export async function readJson<T extends z.ZodType>(
  file: string,
  schema: T,
): Promise<z.infer<T> | undefined> {
  try {
    const parsed = schema.safeParse(
      JSON.parse(await fs.readFile(file, 'utf8')),
    );
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

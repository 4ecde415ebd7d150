import { appendFile, mkdir, readdir, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { addLatency, LatencyCells } from './latencies';

export const RETENTION_SECONDS = 48 * 3600;

const minuteSchema = z.object({
  /** Start of the minute in unix seconds. */
  at: z.number().int(),
  endpoint: z.string(),
  revision: z.string(),
  requests: z.number().int(),
  errors: z.number().int(),
  latencies: z.record(z.coerce.number(), z.number()),
});
/** What one revision did in one minute. */
export type Minute = z.infer<typeof minuteSchema>;

/** Reads what it can of lines of JSON: the last line may be torn by a power cut. */
function parseLines(text: string): Minute[] {
  return text.split('\n').flatMap(line => {
    try {
      const parsed = minuteSchema.safeParse(JSON.parse(line));
      return parsed.success ? [parsed.data] : [];
    } catch {
      return [];
    }
  });
}

/**
 * Requests, errors and latencies by minute, endpoint and revision, kept for 48 hours: in memory to be asked, in one file
 * per hour to outlive the process. The running minute is part of the counters file (`open`), which is written every few
 * seconds; a kill loses those few seconds of statistics and nothing else.
 */
export class MinuteStore {
  private closed: Minute[] = [];
  private running = new Map<string, Minute>();
  private writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly folder: string,
    private readonly now: () => number = Date.now,
  ) {}

  /** @param open - the minutes that ran when the last process ended. */
  async load(open: unknown) {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const names = (await readdir(this.folder)).filter(n =>
      n.endsWith('.ndjson'),
    );
    for (const name of names.sort()) {
      this.closed.push(
        ...parseLines(await readFile(join(this.folder, name), 'utf8')),
      );
    }
    const rest = z.array(minuteSchema).safeParse(open);
    if (rest.success && rest.data.length > 0) {
      // Written by the same clean-up as any minute; one that was already written is not added again.
      const known = new Set(
        this.closed.map(m => `${m.at}/${m.endpoint}/${m.revision}`),
      );
      for (const minute of rest.data) {
        const key = `${minute.at}/${minute.endpoint}/${minute.revision}`;
        if (!known.has(key)) {
          this.running.set(key, minute);
        }
      }
    }
    await this.roll();
  }

  add(endpoint: string, revision: string, milliseconds: number, ok: boolean) {
    const at = Math.floor(this.now() / 60_000) * 60;
    const key = `${at}/${endpoint}/${revision}`;
    let minute = this.running.get(key);
    if (!minute) {
      minute = {
        at,
        endpoint,
        revision,
        requests: 0,
        errors: 0,
        latencies: {},
      };
      this.running.set(key, minute);
    }
    minute.requests += 1;
    if (ok) {
      addLatency(minute.latencies as LatencyCells, milliseconds);
    } else {
      minute.errors += 1;
    }
  }

  /** The minutes that still run, to be kept with the counters. */
  open(): Minute[] {
    return [...this.running.values()];
  }

  /** Minutes that start in [from, to), unix seconds. */
  find(endpoint: string, from: number, to: number): Minute[] {
    return [...this.closed, ...this.running.values()].filter(
      m => m.endpoint === endpoint && m.at >= from && m.at < to,
    );
  }

  forget(endpoint: string) {
    for (const [key, minute] of this.running) {
      if (minute.endpoint === endpoint) {
        this.running.delete(key);
      }
    }
  }

  /** Writes the minutes that are over and drops those that are too old. */
  roll(): Promise<void> {
    const result = this.writing.then(() => this.writeOver());
    // A full disk now does not stop the minutes from being written when it has space again.
    this.writing = result.catch(() => {});
    return result;
  }

  private async writeOver() {
    const current = Math.floor(this.now() / 60_000) * 60;
    const over = [...this.running].filter(([, minute]) => minute.at < current);
    for (const [key, minute] of over) {
      const hour = new Date(minute.at * 1000).toISOString().slice(0, 13);
      await appendFile(
        join(this.folder, `${hour}.ndjson`),
        // The line before may be torn: it takes no other with it.
        `\n${JSON.stringify(minute)}\n`,
        { mode: 0o600 },
      );
      this.running.delete(key);
      this.closed.push(minute);
    }
    const oldest = current - RETENTION_SECONDS;
    if (this.closed.some(minute => minute.at < oldest)) {
      this.closed = this.closed.filter(minute => minute.at >= oldest);
    }
    const oldestHour = new Date((oldest - 3600) * 1000)
      .toISOString()
      .slice(0, 13);
    for (const name of await readdir(this.folder)) {
      if (name.endsWith('.ndjson') && name.slice(0, 13) < oldestHour) {
        await unlink(join(this.folder, name)).catch(() => {});
      }
    }
  }
}

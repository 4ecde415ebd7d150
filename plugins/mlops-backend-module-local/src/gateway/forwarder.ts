import { appendFile, stat } from 'node:fs/promises';
import { z } from 'zod';
import { Segment, Spool } from './spool';

const REQUEST_TIMEOUT_MS = 30_000;
const MAX_REJECTED_BYTES = 64 * 1024 * 1024;
/** The hub says that the events are wrong; every other refusal is about the hub and passes. */
const WRONG_EVENTS = new Set([400, 413, 422]);

const answerSchema = z.object({
  refused: z
    .array(z.object({ index: z.number().int(), reason: z.string() }))
    .default([]),
});

export interface ForwarderOptions {
  spool: Spool;
  /** Where to and with which token; undefined while no portal has told it. */
  target: () => { url: string; token: string } | undefined;
  rejectedPath: string;
  maxBatchEvents: number;
  maxBatchBytes: number;
  intervalMs: number;
  maxDelayMs: number;
  log: (message: string) => void;
}

export interface ForwarderStatus {
  delivered: number;
  rejected: number;
  /** What the hub said when it did not take the last batch. */
  lastError?: string;
}

/**
 * Brings captured predictions to the hub, at least once and in order: a file is deleted only after the hub has taken all
 * of it. While the hub is down it tries again for ever, ever more slowly. Events that the hub calls wrong are put aside
 * with the reason, so that they do not hold up the others.
 */
export class Forwarder {
  readonly status: ForwarderStatus = { delivered: 0, rejected: 0 };
  private failures = 0;
  private stopped = new AbortController();
  private wake?: () => void;
  private running?: Promise<void>;

  constructor(private readonly options: ForwarderOptions) {}

  start() {
    this.running = this.run();
  }

  /** Tries at once, e.g. because the portal has come back. */
  nudge() {
    this.failures = 0;
    this.wake?.();
  }

  async stop() {
    this.stopped.abort();
    this.wake?.();
    await this.running;
  }

  private async run() {
    while (!this.stopped.signal.aborted) {
      await this.pause();
      if (this.stopped.signal.aborted || !this.options.target()) {
        continue;
      }
      try {
        for (const segment of await this.options.spool.pending()) {
          await this.forward(segment).finally(() =>
            this.options.spool.release(),
          );
        }
        this.failures = 0;
        this.status.lastError = undefined;
      } catch (error) {
        if (this.stopped.signal.aborted) {
          return;
        }
        const message = error instanceof Error ? error.message : String(error);
        if (message !== this.status.lastError) {
          this.options.log(`Captured predictions wait on disk: ${message}`);
        }
        this.failures += 1;
        this.status.lastError = message;
      }
    }
  }

  private pause(): Promise<void> {
    const { intervalMs, maxDelayMs } = this.options;
    const delay = Math.min(maxDelayMs, intervalMs * 2 ** this.failures);
    return new Promise(resolve => {
      const timer = setTimeout(resolve, delay * (0.75 + Math.random() / 2));
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  private async forward(segment: Segment) {
    const text = await this.options.spool.read(segment);
    if (text === undefined) {
      return;
    }
    const lines = text.split('\n');
    // What follows the last line break was being written when the power went; its prediction was never answered.
    lines.pop();
    let batch: string[] = [];
    let bytes = 0;
    const send = async () => {
      await this.post(batch);
      segment.taken += batch.length;
      batch = [];
      bytes = 0;
    };
    for (const line of lines.slice(segment.taken)) {
      const full =
        batch.length >= this.options.maxBatchEvents ||
        bytes + line.length > this.options.maxBatchBytes;
      if (batch.length > 0 && full) {
        await send();
      }
      batch.push(line);
      bytes += line.length + 1;
    }
    if (batch.length > 0) {
      await send();
    }
    await this.options.spool.remove(segment);
  }

  private async post(lines: string[]): Promise<void> {
    const target = this.options.target();
    if (!target) {
      throw new Error('no portal has said where they go');
    }
    const signal = AbortSignal.any([
      this.stopped.signal,
      AbortSignal.timeout(REQUEST_TIMEOUT_MS),
    ]);
    const response = await fetch(target.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${target.token}`,
      },
      body: `[${lines.join(',')}]`,
      signal,
    }).catch(error => {
      throw new Error(`the hub at ${target.url} does not answer`, {
        cause: error,
      });
    });
    const text = await response.text();
    if (response.ok) {
      await this.accepted(lines, text);
    } else if (WRONG_EVENTS.has(response.status)) {
      await this.split(lines, `${response.status} ${text.slice(0, 500)}`);
    } else {
      throw new Error(`the hub answered ${response.status} to ${target.url}`);
    }
  }

  private async accepted(lines: string[], text: string) {
    let refused: z.infer<typeof answerSchema>['refused'] = [];
    try {
      refused = answerSchema.parse(JSON.parse(text)).refused;
    } catch {
      // A receiver that answers 2xx without details has taken them all.
    }
    for (const { index, reason } of refused) {
      if (lines[index] !== undefined) {
        await this.reject(lines[index], reason);
      }
    }
    this.status.delivered += lines.length - refused.length;
  }

  /** Halves a batch until the wrong events stand alone. */
  private async split(lines: string[], reason: string) {
    if (lines.length === 1) {
      await this.reject(lines[0], reason);
      return;
    }
    const middle = Math.ceil(lines.length / 2);
    await this.post(lines.slice(0, middle));
    await this.post(lines.slice(middle));
  }

  private async reject(line: string, reason: string) {
    this.status.rejected += 1;
    const { rejectedPath } = this.options;
    const size = await stat(rejectedPath).then(
      file => file.size,
      () => 0,
    );
    if (size >= MAX_REJECTED_BYTES) {
      return;
    }
    try {
      // The line before may be torn by a full disk: it takes no other with it.
      await appendFile(
        rejectedPath,
        `\n${JSON.stringify({ reason, event: line })}\n`,
        { mode: 0o600 },
      );
    } catch (error) {
      // It is counted; to keep it apart is not worth holding up those that are right.
      this.options.log(
        `An event that the hub refused (${reason}) is not kept: ${error}`,
      );
    }
  }
}

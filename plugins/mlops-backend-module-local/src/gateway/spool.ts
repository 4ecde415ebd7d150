import {
  FileHandle,
  mkdir,
  open,
  readdir,
  readFile,
  stat,
  unlink,
} from 'node:fs/promises';
import { join } from 'node:path';
import { describeLine } from './payloadEvents';

const SEGMENT_BYTES = 4 * 1024 * 1024;
const SYNC_DELAY_MS = 20;

export interface Segment {
  name: string;
  path: string;
  bytes: number;
  /** Lines that the hub has taken already. */
  taken: number;
}

export interface SpoolOptions {
  folder: string;
  maxBytes: number;
  /** Told for every prediction that is lost because the spool is full. */
  onDropped: (event: { endpoint: string; revision: string }) => void;
  onError: (message: string, error: unknown) => void;
}

interface Waiting {
  text: string;
  done: (kept: boolean) => void;
}

/**
 * Captured predictions on their way to the hub: files of lines, written in order, deleted once the hub has them.
 *
 * `append` resolves when the lines are written to the file, so that an answer given afterwards survives a kill of this
 * process; they are forced to the disk within 20 ms, together with everything written in that time, so that a power cut
 * loses no more than that. When the disk or the limit is full, the oldest file goes first: the newest predictions tell
 * most about what is served now.
 */
export class Spool {
  private sealed: Segment[] = [];
  private active?: { segment: Segment; file: FileHandle };
  private waiting: Waiting[] = [];
  private working: Promise<void> = Promise.resolve();
  private writing = false;
  private syncTimer?: NodeJS.Timeout;
  private sequence = 0;
  private reading?: string;
  droppedEvents = 0;

  private constructor(private readonly options: SpoolOptions) {}

  /** Takes over what an earlier process left. */
  static async open(options: SpoolOptions): Promise<Spool> {
    const spool = new Spool(options);
    await mkdir(options.folder, { recursive: true, mode: 0o700 });
    const names = (await readdir(options.folder)).filter(name =>
      /^\d{12}\.ndjson$/.test(name),
    );
    for (const name of names.sort()) {
      const path = join(options.folder, name);
      spool.sealed.push({
        name,
        path,
        bytes: (await stat(path)).size,
        taken: 0,
      });
      spool.sequence = Number(name.slice(0, 12));
    }
    return spool;
  }

  get bytes(): number {
    const sealed = this.sealed.reduce((sum, segment) => sum + segment.bytes, 0);
    return sealed + (this.active?.segment.bytes ?? 0);
  }

  /** @returns whether the lines are kept; false if there is no room for them. */
  append(text: string): Promise<boolean> {
    return new Promise(done => {
      this.waiting.push({ text, done });
      if (!this.writing) {
        this.writing = true;
        this.enqueue(() => this.writeWaiting());
      }
    });
  }

  /** Closes the file that is written to and returns all files, oldest first. */
  async seal(): Promise<Segment[]> {
    await this.enqueue(() => this.closeActive());
    return [...this.sealed];
  }

  /** Keeps a file from being dropped while it is read; undefined if it has been dropped already. */
  async read(segment: Segment): Promise<string | undefined> {
    this.reading = segment.name;
    return this.sealed.includes(segment)
      ? readFile(segment.path, 'utf8')
      : undefined;
  }

  release() {
    this.reading = undefined;
  }

  async remove(segment: Segment) {
    this.sealed = this.sealed.filter(other => other !== segment);
    await unlink(segment.path).catch(error => {
      if (error.code !== 'ENOENT') {
        throw error;
      }
    });
  }

  async close() {
    await this.seal();
  }

  /** One thing at a time; a failure is the caller's and does not stop the next. */
  private enqueue(work: () => Promise<void>): Promise<void> {
    const result = this.working.then(work);
    this.working = result.catch(() => {});
    return result;
  }

  private async writeWaiting() {
    try {
      while (this.waiting.length > 0) {
        const batch = this.waiting;
        this.waiting = [];
        const kept = await this.write(batch.map(entry => entry.text).join(''));
        batch.forEach(entry => entry.done(kept));
      }
    } finally {
      this.writing = false;
    }
  }

  private async write(text: string): Promise<boolean> {
    const data = Buffer.from(text);
    try {
      if (!(await this.makeRoom(data.length))) {
        return false;
      }
      if (this.active && this.active.segment.bytes >= SEGMENT_BYTES) {
        await this.closeActive();
      }
      this.active ??= await this.openSegment();
      const { segment, file } = this.active;
      let written = 0;
      while (written < data.length) {
        const { bytesWritten } = await file.write(data, written);
        written += bytesWritten;
      }
      segment.bytes += data.length;
      this.syncSoon();
      return true;
    } catch (error) {
      this.options.onError('Cannot keep captured predictions', error);
      await this.abandonTail();
      return false;
    }
  }

  /** After a failed write: takes back what was written of it, so that the file ends with a whole line. */
  private async abandonTail() {
    const active = this.active;
    if (!active) {
      return;
    }
    await active.file.truncate(active.segment.bytes).catch(() => {});
    await this.closeActive().catch(() => {});
  }

  private async openSegment() {
    this.sequence += 1;
    const name = `${String(this.sequence).padStart(12, '0')}.ndjson`;
    const path = join(this.options.folder, name);
    const file = await open(path, 'ax', 0o600);
    return { segment: { name, path, bytes: 0, taken: 0 }, file };
  }

  private async closeActive() {
    const active = this.active;
    if (!active) {
      return;
    }
    this.active = undefined;
    this.sealed.push(active.segment);
    await active.file.sync().finally(() => active.file.close());
  }

  private async makeRoom(needed: number): Promise<boolean> {
    const { maxBytes } = this.options;
    while (this.bytes + needed > maxBytes) {
      let oldest = this.sealed.find(segment => segment.name !== this.reading);
      if (!oldest && this.active && needed <= maxBytes) {
        await this.closeActive();
        oldest = this.sealed.find(segment => segment.name !== this.reading);
      }
      if (!oldest) {
        return false;
      }
      await this.drop(oldest);
    }
    return true;
  }

  private async drop(segment: Segment) {
    const text = await readFile(segment.path, 'utf8').catch(() => '');
    await this.remove(segment);
    for (const line of text.split('\n')) {
      if (line) {
        this.droppedEvents += 1;
        const event = describeLine(line);
        if (event?.kind === 'response') {
          this.options.onDropped(event);
        }
      }
    }
  }

  private syncSoon() {
    this.syncTimer ??= setTimeout(() => {
      this.syncTimer = undefined;
      this.active?.file.datasync().catch(error => {
        // A file that was closed in between has been synced by that.
        if (error.code !== 'EBADF') {
          this.options.onError(
            'Cannot force captured predictions to the disk',
            error,
          );
        }
      });
    }, SYNC_DELAY_MS);
  }
}

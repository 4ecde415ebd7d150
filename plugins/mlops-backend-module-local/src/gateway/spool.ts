import { ftruncateSync, writeSync } from 'node:fs';
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

/**
 * Captured predictions on their way to the hub: files of lines, written in order, deleted once the hub has them.
 *
 * What `append` says is kept has been written to the file, so that an answer given afterwards survives a kill of this
 * process; it is forced to the disk within 20 ms, together with everything written in that time, so that a power cut loses
 * no more than that. The write itself is synchronous: it goes to the page cache, which takes less time than handing it to
 * another thread. When the limit is reached, the oldest file goes first: the newest predictions tell most about what is
 * served now. When the disk is full, what cannot be written is not kept, and the caller counts it.
 */
export class Spool {
  private sealed: Segment[] = [];
  private active?: { segment: Segment; file: FileHandle };
  private sealedBytes = 0;
  private working: Promise<unknown> = Promise.resolve();
  private closing = new Set<Promise<void>>();
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
      const { size: bytes } = await stat(path);
      spool.sealed.push({ name, path, bytes, taken: 0 });
      spool.sealedBytes += bytes;
      spool.sequence = Number(name.slice(0, 12));
    }
    return spool;
  }

  get bytes(): number {
    return this.sealedBytes + (this.active?.segment.bytes ?? 0);
  }

  /** @returns whether the lines are kept; false if there is no room for them. */
  append(text: string): boolean | Promise<boolean> {
    const data = Buffer.from(text);
    const simple =
      this.active &&
      this.active.segment.bytes < SEGMENT_BYTES &&
      this.bytes + data.length <= this.options.maxBytes;
    return simple
      ? this.write(data)
      : this.enqueue(() => this.prepareAndWrite(data));
  }

  /** Files to bring away, oldest first. The one that is written to is closed for that if there is no other. */
  pending(): Promise<Segment[]> {
    return this.enqueue(async () => {
      if (this.sealed.length === 0) {
        this.closeActive();
      }
      return [...this.sealed];
    });
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
    if (this.sealed.includes(segment)) {
      this.sealed = this.sealed.filter(other => other !== segment);
      this.sealedBytes -= segment.bytes;
    }
    await unlink(segment.path).catch(error => {
      if (error.code !== 'ENOENT') {
        throw error;
      }
    });
  }

  /** Resolves when everything is on the disk. */
  async close() {
    await this.enqueue(async () => this.closeActive());
    await Promise.all(this.closing);
  }

  /** One thing at a time; a failure is the caller's and does not stop the next. */
  private enqueue<T>(work: () => Promise<T>): Promise<T> {
    const result = this.working.then(work);
    this.working = result.catch(() => {});
    return result;
  }

  private async prepareAndWrite(data: Buffer): Promise<boolean> {
    try {
      if (!(await this.makeRoom(data.length))) {
        return false;
      }
      if (this.active && this.active.segment.bytes >= SEGMENT_BYTES) {
        this.closeActive();
      }
      this.active ??= await this.openSegment();
      return this.write(data);
    } catch (error) {
      this.options.onError('Cannot keep captured predictions', error);
      return false;
    }
  }

  private write(data: Buffer): boolean {
    const { segment, file } = this.active!;
    try {
      let written = 0;
      while (written < data.length) {
        written += writeSync(file.fd, data, written);
      }
      segment.bytes += data.length;
      this.syncSoon();
      return true;
    } catch (error) {
      this.options.onError('Cannot keep captured predictions', error);
      try {
        // Takes back what was written of it: the file ends with a whole line and goes on when there is room.
        ftruncateSync(file.fd, segment.bytes);
      } catch {
        // The reader drops a line that is not whole, so nothing may follow it.
        this.closeActive();
      }
      return false;
    }
  }

  private async openSegment() {
    this.sequence += 1;
    const name = `${String(this.sequence).padStart(12, '0')}.ndjson`;
    const path = join(this.options.folder, name);
    const file = await open(path, 'ax', 0o600);
    return { segment: { name, path, bytes: 0, taken: 0 }, file };
  }

  /** The file can be read from now on; it is forced to the disk meanwhile. */
  private closeActive() {
    const active = this.active;
    if (!active) {
      return;
    }
    this.active = undefined;
    this.sealed.push(active.segment);
    this.sealedBytes += active.segment.bytes;
    const closed = active.file
      .sync()
      .finally(() => active.file.close())
      .catch(error =>
        this.options.onError(
          'Cannot force captured predictions to the disk',
          error,
        ),
      )
      .finally(() => this.closing.delete(closed));
    this.closing.add(closed);
  }

  private async makeRoom(needed: number): Promise<boolean> {
    const { maxBytes } = this.options;
    while (this.bytes + needed > maxBytes) {
      let oldest = this.sealed.find(segment => segment.name !== this.reading);
      if (!oldest && this.active && needed <= maxBytes) {
        this.closeActive();
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

import { promises as fs } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { NotFoundError } from '@backstage/errors';
import { isFinal } from '@mlops-portal/plugin-mlops-common';
import {
  CiPipeline,
  isDiskFull,
  LogChunk,
} from '@mlops-portal/plugin-mlops-node';
import { logOfRemoved, removedFrom } from '../retention/removed';
import { readJson, writeJson } from './files';
import {
  PipelineRecord,
  pipelineRecordSchema,
  Progress,
  progressSchema,
} from './records';

const CHUNK_BYTES = 256 * 1024;
/** The executor may add a line about artefacts after it has called a job finished. */
const LATE_LINES_MS = 5000;
const headsSchema = z.record(z.string(), z.string());
const counterSchema = z.object({ last: z.number() });

/**
 * State of CI on disk: `<root>/<repository>/<id>/` with `pipeline.json` (the portal's), `progress.json` (the runner's), `logs/`
 * and, while it runs, `work/`. `<root>/<repository>/heads.json` holds the commit of each branch for which CI was started last.
 */
export class CiStore {
  private readonly counterFile: string;
  private numbering: Promise<unknown> = Promise.resolve();
  /** The number that this instance gave last. */
  private last?: number;

  constructor(readonly root: string) {
    this.counterFile = path.join(root, 'counter.json');
  }

  folder(repository: string, id: string): string {
    if (!/^\d{1,15}$/.test(id)) throw this.missing(repository, id);
    return path.join(this.root, repository, id);
  }

  /** The next number, never given twice by this data folder, not even for another repository. */
  async nextId(): Promise<string> {
    const next = this.numbering.then(async () => {
      const counted = await readJson(this.counterFile, counterSchema);
      // The counter may be missing, or torn by a power cut, or a full disk kept it from growing: what is there is given to no other.
      const last = Math.max(
        counted?.last ?? 0,
        this.last ?? (await this.highestId()),
      );
      this.last = last + 1;
      await writeJson(this.counterFile, { last: this.last }).catch(error => {
        if (!isDiskFull(error)) throw error;
      });
      return String(this.last);
    });
    this.numbering = next.catch(() => {});
    return next;
  }

  private async highestId(): Promise<number> {
    const repositories = await this.repositories();
    const ids = await Promise.all(repositories.map(name => this.ids(name)));
    return ids.reduce(
      (most, [newest]) => Math.max(most, Number(newest ?? 0)),
      0,
    );
  }

  /** Numbers of a repository's CI pipelines, newest first. */
  async ids(repository: string): Promise<string[]> {
    const entries = await fs
      .readdir(path.join(this.root, repository))
      .catch(() => [] as string[]);
    return entries
      .filter(entry => /^\d+$/.test(entry))
      .sort((a, b) => Number(b) - Number(a));
  }

  async repositories(): Promise<string[]> {
    const entries = await fs.readdir(this.root, { withFileTypes: true });
    return entries
      .filter(entry => entry.isDirectory() && !entry.name.startsWith('.'))
      .map(({ name }) => name);
  }

  /** Undefined while it is not yet written, and once it is gone. */
  async readIfThere(
    repository: string,
    id: string,
  ): Promise<PipelineRecord | undefined> {
    const file = path.join(this.folder(repository, id), 'pipeline.json');
    return readJson(file, pipelineRecordSchema);
  }

  /** NotFoundError if there is none. */
  async read(repository: string, id: string): Promise<PipelineRecord> {
    const record = await this.readIfThere(repository, id);
    if (!record) throw this.missing(repository, id);
    return record;
  }

  async write(record: PipelineRecord): Promise<void> {
    const folder = this.folder(record.repository, record.id);
    await fs.mkdir(path.join(folder, 'logs'), { recursive: true, mode: 0o700 });
    await writeJson(path.join(folder, 'pipeline.json'), record);
  }

  async progress(record: PipelineRecord): Promise<Progress | undefined> {
    const folder = this.folder(record.repository, record.id);
    return readJson(path.join(folder, 'progress.json'), progressSchema);
  }

  async heads(repository: string): Promise<Record<string, string>> {
    const file = path.join(this.root, repository, 'heads.json');
    return (await readJson(file, headsSchema)) ?? {};
  }

  async writeHeads(
    repository: string,
    heads: Record<string, string>,
  ): Promise<void> {
    const folder = path.join(this.root, repository);
    await fs.mkdir(folder, { recursive: true, mode: 0o700 });
    await writeJson(path.join(folder, 'heads.json'), heads);
  }

  async removeRepository(repository: string): Promise<void> {
    const folder = path.join(this.root, repository);
    await fs.rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }

  /** Removes what only a running pipeline needs. */
  async removeWork(record: PipelineRecord): Promise<void> {
    const folder = this.folder(record.repository, record.id);
    for (const name of ['work', 'home', 'run.json', 'setup.sh']) {
      await fs.rm(path.join(folder, name), {
        recursive: true,
        force: true,
        maxRetries: 5,
      });
    }
  }

  async removePipeline(repository: string, id: string): Promise<void> {
    await fs.rm(this.folder(repository, id), { recursive: true, force: true });
  }

  /** What the contract shows: the portal's record with the runner's progress laid over it. */
  async view(record: PipelineRecord): Promise<CiPipeline> {
    const progress = await this.progress(record);
    const ending = record.ending ?? progress?.ending;
    const live = new Map(progress?.jobs.map(job => [job.id, job]));
    const jobs =
      record.phase === 'ended'
        ? record.jobs
        : record.jobs.map(job => live.get(job.id) ?? job);
    return {
      id: record.id,
      commit: record.commit,
      message: record.message,
      author: record.author,
      branch: record.branch,
      state:
        ending?.state ?? (record.phase === 'waiting' ? 'waiting' : 'running'),
      reason: ending?.reason,
      createdAt: record.createdAt,
      finishedAt: ending?.finishedAt,
      jobs,
    };
  }

  /** A piece of a job's log that never ends inside a character. One that was removed says so. */
  async log(
    record: PipelineRecord,
    jobId: string,
    offset: number,
  ): Promise<LogChunk> {
    const pipeline = await this.view(record);
    const job = pipeline.jobs.find(({ id }) => id === jobId);
    if (!job) {
      throw new NotFoundError(
        `CI pipeline ${record.id} of repository ${record.repository} has no job ${jobId}`,
      );
    }
    const folder = this.folder(record.repository, record.id);
    const removed = await removedFrom(folder);
    if (removed) return logOfRemoved(removed, offset);
    const over =
      isFinal(job.state) &&
      (isFinal(pipeline.state) ||
        Date.now() - Date.parse(job.finishedAt ?? '') > LATE_LINES_MS);
    const file = path.join(folder, 'logs', `${job.id}.log`);
    const { bytes, atEnd } = await readPiece(file, offset);
    return {
      text: bytes.toString('utf8'),
      nextOffset: offset + bytes.length,
      complete: over && atEnd,
    };
  }

  private missing(repository: string, id: string): NotFoundError {
    return new NotFoundError(
      `Repository ${repository} has no CI pipeline ${id}`,
    );
  }
}

async function readPiece(
  file: string,
  offset: number,
): Promise<{ bytes: Buffer; atEnd: boolean }> {
  const handle = await fs.open(file, 'r').catch(() => undefined);
  if (!handle) return { bytes: Buffer.alloc(0), atEnd: true };
  try {
    const { size } = await handle.stat();
    const length = Math.max(0, Math.min(CHUNK_BYTES, size - offset));
    const { buffer, bytesRead } = await handle.read(
      Buffer.alloc(length),
      0,
      length,
      offset,
    );
    const atEnd = offset + bytesRead >= size;
    const whole = buffer.subarray(0, bytesRead);
    return {
      bytes: atEnd ? whole : whole.subarray(0, wholeLength(whole)),
      atEnd,
    };
  } finally {
    await handle.close();
  }
}

/** Length without the beginning of a character whose rest is not there. */
function wholeLength(bytes: Buffer): number {
  let back = 1;
  while (back < 4 && back < bytes.length && isContinuation(bytes.at(-back)))
    back += 1;
  const lead = bytes.at(-back) ?? 0;
  return sizeOfCharacter(lead) > back ? bytes.length - back : bytes.length;
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x80 && byte < 0xc0;
}

function sizeOfCharacter(lead: number): number {
  if (lead >= 0xf0) return 4;
  if (lead >= 0xe0) return 3;
  return lead >= 0xc0 ? 2 : 1;
}

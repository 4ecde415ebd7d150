import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import {
  access,
  link,
  mkdir,
  open,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { InputError, ServiceUnavailableError } from '@backstage/errors';
import { LogChunk, StartRun } from '@mlops-portal/plugin-mlops-node';
import { z } from 'zod';
import { removeLeftovers } from '../leftovers';
import { logOfRemoved, removedFrom } from '../retention/removed';
import { Plan } from './plan';
import { ProcessIdentity, processIdentitySchema } from '../processes';
import { Outcome, outcomeSchema, parseEvents, RunEvent } from './snapshot';

const LOG_CHUNK_BYTES = 256 * 1024;
const RUN_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;

const planSchema = z.object({
  steps: z.array(
    z.object({
      key: z.string(),
      id: z.string(),
      name: z.string(),
      dependsOn: z.array(z.string()),
    }),
  ),
});

/** What a new run's folder holds before its process starts. */
export interface NewRun {
  request: StartRun;
  plan: Plan;
  /** Settings of the engine that the process needs. */
  settings: { home: string; slots: number; kfp: string; uv?: string };
}

/**
 * The files of one run, `<home>/runs/<run id>/`: all that is known of it. The portal writes request.json, secrets.json (0600),
 * pipeline.yaml and plan.json at once; the run's own process writes the rest.
 */
export class RunFolder {
  /** InputError for an id that is no plain name. */
  static of(home: string, runId: string): RunFolder {
    if (!RUN_ID.test(runId)) {
      throw new InputError(
        `The run id '${runId}' must be letters, digits, '.', '_' and '-', at most 128.`,
      );
    }
    return new RunFolder(join(home, 'runs', runId));
  }

  private constructor(readonly path: string) {}

  async exists(): Promise<boolean> {
    return access(this.file('request.json')).then(
      () => true,
      () => false,
    );
  }

  /** Makes the folder whole or not at all; an existing one stays as it is. */
  async make(run: NewRun) {
    const { environment, code, ir, ...request } = run.request;
    const runs = join(this.path, '..');
    const temporary = join(runs, `.new-${randomUUID()}`);
    try {
      await mkdir(runs, { recursive: true });
      await removeLeftovers(runs);
      await mkdir(temporary, { mode: 0o700 });
      const write = (name: string, text: string) =>
        writeFile(join(temporary, name), text, { mode: 0o600, flush: true });
      await write('pipeline.yaml', ir);
      await write('plan.json', JSON.stringify(run.plan));
      await write(
        'secrets.json',
        JSON.stringify({ environment, cloneUrl: code.cloneUrl }),
      );
      await write(
        'request.json',
        JSON.stringify({ ...request, commit: code.commit, ...run.settings }),
      );
      await rename(temporary, this.path);
    } catch (error) {
      await rm(temporary, { recursive: true, force: true }).catch(() => {});
      if (!(await this.exists())) {
        throw new ServiceUnavailableError(
          `The folder of run '${
            run.request.runId
          }' cannot be made in ${runs}: ${
            (error as NodeJS.ErrnoException).code
          }. Free space or make the folder writable.`,
          error,
        );
      }
    }
  }

  async plan(): Promise<Plan> {
    return planSchema.parse(JSON.parse(await this.read('plan.json')));
  }

  async events(): Promise<RunEvent[]> {
    return parseEvents(await this.read('events.jsonl').catch(() => ''));
  }

  async outcome(): Promise<Outcome | undefined> {
    const text = await this.read('state.json').catch(() => undefined);
    return text === undefined
      ? undefined
      : outcomeSchema.parse(JSON.parse(text));
  }

  /** Undefined while the run's process has not yet said who it is. */
  async process(): Promise<ProcessIdentity | undefined> {
    const text = await this.read('process.json').catch(() => undefined);
    return text === undefined
      ? undefined
      : processIdentitySchema.parse(JSON.parse(text));
  }

  async requestStop() {
    await writeFile(this.file('stop-requested'), '');
  }

  async stopRequested(): Promise<boolean> {
    return access(this.file('stop-requested'), constants.F_OK).then(
      () => true,
      () => false,
    );
  }

  /** Writes how the run ended unless that is known already; answers what holds. */
  async settle(outcome: Outcome): Promise<Outcome> {
    const temporary = this.file(`.state-${randomUUID()}`);
    try {
      await writeFile(temporary, JSON.stringify(outcome), { flush: true });
      await link(temporary, this.file('state.json'));
      await rm(this.file('secrets.json'), { force: true });
    } catch {
      // Somebody was faster, or there is no space: then the same is found out again at the next question.
    } finally {
      await rm(temporary, { force: true }).catch(() => {});
    }
    return (await this.outcome()) ?? outcome;
  }

  /** The part of a step's log from `offset` bytes, cut between characters; `final` if the step writes no more. One that was removed says so. */
  async log(key: string, offset: number, final: boolean): Promise<LogChunk> {
    const removed = await removedFrom(this.path);
    if (removed) return logOfRemoved(removed, offset);
    const path = join(this.path, 'logs', `${key.replaceAll('/', '.')}.log`);
    const size = await stat(path).then(
      facts => facts.size,
      () => 0,
    );
    if (offset >= size) {
      return { text: '', nextOffset: offset, complete: final };
    }
    const file = await open(path);
    try {
      const buffer = Buffer.alloc(Math.min(LOG_CHUNK_BYTES, size - offset));
      const { bytesRead } = await file.read(buffer, 0, buffer.length, offset);
      const text = wholeCharacters(buffer.subarray(0, bytesRead));
      const nextOffset = offset + text.length;
      return {
        text: text.toString('utf8'),
        nextOffset,
        complete: final && nextOffset >= size,
      };
    } finally {
      await file.close();
    }
  }

  private file(name: string): string {
    return join(this.path, name);
  }

  private read(name: string): Promise<string> {
    return readFile(this.file(name), 'utf8');
  }
}

/** Leaves out the beginning of a character whose other bytes come later. */
function wholeCharacters(bytes: Buffer): Buffer {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back];
    if (byte >= 0xc0) {
      // A first byte says by its leading ones how many bytes the character has.
      const wanted = Math.clz32(~byte & 0xff) - 24;
      return wanted > back ? bytes.subarray(0, bytes.length - back) : bytes;
    }
    if (byte < 0x80) {
      return bytes;
    }
  }
  return bytes;
}

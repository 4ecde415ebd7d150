import { join } from 'path';
import { nameSchema } from '@mlops-portal/plugin-mlops-common';
import { appendFiles } from './appendFiles';
import { EventHalf, readEvent, RequestHalf, ResponseHalf } from './events';
import { GroupCommit } from './GroupCommit';
import { hourOf, Layout } from './layout';
import { PendingHalves } from './PendingHalves';
import { RecentMeans } from './RecentMeans';
import { recover } from './recover';
import { joinHalves, PredictionLine } from './rows';
import { SeenIds } from './SeenIds';

export interface StoreAnswer {
  stored: number;
  repeated: number;
  refused: Array<{ index: number; id?: string; reason: string }>;
}

export interface PredictionStoreDeps {
  layout: Layout;
  /** Version that answered, for events that name a revision or nothing; undefined where it is not known. */
  versionOf(
    endpoint: string,
    revision: string | undefined,
  ): Promise<number | undefined>;
  /** Told after a batch is on disk. */
  onStored(facts: {
    days: Array<{ endpoint: string; version: number; day: string }>;
    /** Refused events by endpoint; '' where they name none. */
    refused: Map<string, number>;
  }): void;
  now(): Date;
}

/** Events that may wait for the disk. */
const MOST_WAITING = 50_000;

/** What one write will change in memory, applied only once it is on disk. */
interface Staged {
  files: Map<string, string[]>;
  /** Halves that will wait, by key, and keys whose half waits no more. */
  done: Set<string>;
  joined: Set<string>;
  halves: Map<string, EventHalf>;
  means: Array<{ endpoint: string; version: number; p: number | null }>;
  days: Map<string, { endpoint: string; version: number; day: string }>;
  refused: Map<string, number>;
}

/**
 * Keeps captured predictions as lines of JSON: predictions/<endpoint>/<version>/<event day>/<arrival hour>.ndjson. A request
 * waits on disk for its answer, whichever comes first. A batch is answered once it is on disk. The same event again is counted
 * as repeated; one that slips through after a crash lies there twice and is counted once, because readers go by id.
 */
export class PredictionStore {
  private readonly commits = new GroupCommit<unknown[], StoreAnswer>({
    what: 'captured events',
    most: MOST_WAITING,
    write: batches => this.write(batches),
  });
  private readonly seen = new SeenIds();
  private readonly pending = new PendingHalves();
  readonly recent = new RecentMeans();
  private recovered: Promise<void> | undefined;

  constructor(private readonly deps: PredictionStoreDeps) {}

  /** ServiceUnavailableError when the disk refuses or too much waits: nothing of the batch is kept then. */
  async store(events: unknown[]): Promise<StoreAnswer> {
    return this.commits.add(events, events.length);
  }

  /** Halves that wait for the other one. */
  get waiting(): number {
    return this.pending.size;
  }

  idle(): Promise<void> {
    return this.commits.idle();
  }

  private async write(batches: unknown[][]): Promise<StoreAnswer[]> {
    this.recovered ??= recover(this.deps.layout, {
      seen: this.seen,
      pending: this.pending,
      recent: this.recent,
      now: this.deps.now(),
    });
    try {
      await this.recovered;
    } catch (error) {
      this.recovered = undefined;
      throw error;
    }
    const arrival = this.deps.now().toISOString();
    const staged: Staged = {
      files: new Map(),
      done: new Set(),
      joined: new Set(),
      halves: new Map(),
      means: [],
      days: new Map(),
      refused: new Map(),
    };
    const answers: StoreAnswer[] = [];
    for (const events of batches) {
      answers.push(await this.stage(events, staged, arrival));
    }
    const content = new Map(
      [...staged.files].map(([path, lines]) => [path, lines.join('')]),
    );
    const waits = [
      ...[...staged.halves].map(([key, half]) => ({ key, half })),
      ...[...staged.done].map(done => ({ done })),
    ];
    if (waits.length) {
      content.set(
        join(this.deps.layout.pending, `${hourOf(arrival)}.ndjson`),
        waits.map(each => `${JSON.stringify(each)}\n`).join(''),
      );
    }
    await appendFiles(content);
    this.apply(staged, arrival);
    this.deps.onStored({
      days: [...staged.days.values()],
      refused: staged.refused,
    });
    return answers;
  }

  private async stage(
    events: unknown[],
    staged: Staged,
    arrival: string,
  ): Promise<StoreAnswer> {
    const answer: StoreAnswer = { stored: 0, repeated: 0, refused: [] };
    const refuse = (index: number, event: unknown, reason: string) => {
      const id = textIn(event, 'id');
      answer.refused.push({ index, ...(id ? { id } : {}), reason });
      const told = textIn(event, 'inferenceservicename');
      const endpoint = nameSchema.safeParse(told).success ? told! : '';
      staged.refused.set(endpoint, (staged.refused.get(endpoint) ?? 0) + 1);
    };
    for (const [index, event] of events.entries()) {
      const half = readEvent(event);
      if ('reason' in half) {
        refuse(index, event, half.reason);
        continue;
      }
      const key = `${half.endpoint}/${half.id}`;
      const other = staged.halves.get(key) ?? this.pending.get(key);
      if (
        this.seen.has(key) ||
        staged.joined.has(key) ||
        other?.kind === half.kind
      ) {
        answer.repeated += 1;
      } else if (!other) {
        staged.halves.set(key, half);
        answer.stored += 1;
      } else {
        const reason = await this.join(key, half, other, staged, arrival);
        if (reason) refuse(index, event, reason);
        else answer.stored += 1;
      }
    }
    return answer;
  }

  /** Stages the rows of two halves; a reason where they cannot be joined. */
  private async join(
    key: string,
    half: EventHalf,
    other: EventHalf,
    staged: Staged,
    arrival: string,
  ): Promise<string | undefined> {
    const [request, response] = (
      half.kind === 'request' ? [half, other] : [other, half]
    ) as [RequestHalf, ResponseHalf];
    const version =
      response.version ??
      request.version ??
      (await this.deps.versionOf(
        half.endpoint,
        response.revision ?? request.revision,
      ));
    if (version === undefined) {
      return `no version of '${half.endpoint}' is known to have answered this request`;
    }
    const joined = joinHalves(request, response, arrival);
    if ('reason' in joined) return joined.reason;
    for (const line of joined.lines) {
      this.stageLine(line, half.endpoint, version, staged, arrival);
    }
    // A half that came in this very write need not wait on disk; one that waits there is crossed out.
    if (!staged.halves.delete(key)) staged.done.add(key);
    staged.joined.add(key);
    return undefined;
  }

  private stageLine(
    { day, line, prediction }: PredictionLine,
    endpoint: string,
    version: number,
    staged: Staged,
    arrival: string,
  ) {
    const folder = join(
      this.deps.layout.predictions,
      endpoint,
      String(version),
      day,
    );
    const path = join(folder, `${hourOf(arrival)}.ndjson`);
    const lines = staged.files.get(path);
    if (lines) lines.push(line);
    else staged.files.set(path, [line]);
    staged.days.set(folder, { endpoint, version, day });
    staged.means.push({ endpoint, version, p: prediction });
  }

  private apply(staged: Staged, arrival: string) {
    for (const [key, half] of staged.halves) this.pending.set(key, half);
    for (const key of staged.joined) {
      this.pending.delete(key);
      this.seen.add(key);
    }
    for (const { endpoint, version, p } of staged.means) {
      this.recent.add(endpoint, version, arrival, p);
    }
  }
}

function textIn(event: unknown, field: string): string | undefined {
  const value = (event as Record<string, unknown> | null)?.[field];
  return typeof value === 'string' ? value.slice(0, 200) : undefined;
}

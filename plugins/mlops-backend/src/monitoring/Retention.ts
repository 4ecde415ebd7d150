import { promises as fs } from 'fs';
import { basename, dirname, join } from 'path';
import { LoggerService } from '@backstage/backend-plugin-api';
import { windowOf } from '@mlops-portal/plugin-mlops-common';
import { LeaseStore } from '../jobs/LeaseStore';
import { ENOUGH_LABELS } from './judge';
import {
  DayFiles,
  labelledFile,
  linesIn,
  listDays,
  namesIn,
  scoredFile,
} from './capture/layout';
import { keyOfDay } from './Scorer';
import { Situation, SituationDeps, VersionSituation } from './Situation';

const DAY_MS = 86_400_000;
const LEASE_MS = 30_000;

export interface Removed {
  /** Days of predictions, and files of labels, that were removed. */
  days: number;
  labels: number;
}

/**
 * Removes captured predictions and labels that arrived longer ago than they are kept. Their cells and quality sums stay, so that
 * every page shows the same as before; single predictions can no longer be looked up. What may still be counted is kept however
 * old it is: days of a window that is open, that was not counted yet, or that waits for its labels.
 */
export class Retention {
  constructor(
    private readonly deps: SituationDeps & {
      leases: LeaseStore;
      logger: LoggerService;
      /** Days that captured files are kept after they arrived. */
      keepDays: number;
    },
  ) {}

  /** One round over every endpoint; what one of them refuses does not stop the others. */
  async round(signal: AbortSignal): Promise<void> {
    for (const endpoint of await namesIn(this.deps.layout.predictions)) {
      if (signal.aborted) return;
      try {
        const removed = await this.tidy(endpoint, signal);
        if (removed && (removed.days || removed.labels)) {
          this.deps.logger.info(
            `removed ${removed.days} days of predictions and ${removed.labels} files of labels of ${endpoint} that are older than ${this.deps.keepDays} days; their counts are kept`,
          );
        }
      } catch (error) {
        if (signal.aborted) return;
        this.deps.logger.warn(
          `old predictions of ${endpoint} could not be removed and are tried again: ${error}`,
        );
      }
    }
  }

  /** Undefined while the endpoint is being evaluated. */
  tidy(endpoint: string, signal: AbortSignal): Promise<Removed | undefined> {
    return this.deps.leases.withLease(
      `monitoring/${endpoint}`,
      LEASE_MS,
      async () => {
        const before = this.oldestHour();
        const all = await listDays(this.deps.layout, endpoint);
        const old = all.filter(({ arrived }) => arrived < before);
        const labelFiles = await this.labelFiles(endpoint);
        const needed = old.length
          ? await this.neededDays(endpoint, labelFiles.length > 0)
          : () => true;
        const gone = old.filter(day => !needed(day));
        for (const day of gone) {
          signal.throwIfAborted();
          await this.removeDay(endpoint, day);
        }
        const left = all.filter(day => !gone.includes(day));
        return {
          days: gone.length,
          labels: await this.removeLabels(labelFiles, left, before),
        };
      },
    );
  }

  private oldestHour(): string {
    const at = this.deps.now().getTime() - this.deps.keepDays * DAY_MS;
    return new Date(at).toISOString().slice(0, 13);
  }

  private async labelFiles(endpoint: string): Promise<string[]> {
    return (await linesIn(join(this.deps.layout.labels, endpoint))).files;
  }

  /** Says of a day whether something may still be counted from its files. */
  private async neededDays(
    endpoint: string,
    labelled: boolean,
  ): Promise<(day: DayFiles) => boolean> {
    const situation = await Situation.of(this.deps, endpoint);
    const stored = await this.deps.store.days(endpoint);
    const known = new Map(stored.map(day => [keyOfDay(day), day]));
    const versions = new Map<number, VersionSituation>();
    for (const version of new Set(stored.map(day => day.version))) {
      versions.set(version, await situation.assess(version));
    }
    return day => {
      const of = versions.get(day.version);
      const counted = known.get(keyOfDay(day));
      if (!of || counted?.fingerprint !== day.fingerprint) return true;
      const window = windowOf(day.day, of.size);
      if (!of.closed(window)) return true;
      return labelled && waitsForLabels(of, window);
    };
  }

  private async removeDay(endpoint: string, day: DayFiles): Promise<void> {
    const { store } = this.deps;
    // First: counted again without its files the day would be empty.
    await store.markRemoved(endpoint, day.version, day.day);
    for (const fileOf of [scoredFile, labelledFile]) {
      const file = fileOf(this.deps.layout, endpoint, day.version, day.day);
      await fs.rm(file, { force: true });
    }
    await fs.rm(dirname(day.files[0]), { recursive: true, force: true });
  }

  /** Labels that arrived before every prediction that is left belong to none of them. */
  private async removeLabels(
    files: string[],
    left: DayFiles[],
    before: string,
  ): Promise<number> {
    const oldest = left
      .map(({ files: [first] }) => first.slice(-20, -7))
      .reduce((min, hour) => (hour < min ? hour : min), before);
    const gone = files.filter(file => basename(file, '.ndjson') < oldest);
    await Promise.all(gone.map(file => fs.rm(file, { force: true })));
    return gone.length;
  }
}

function waitsForLabels({ assessment }: VersionSituation, window: string) {
  const point = assessment.quality.find(each => each.window === window);
  return point !== undefined && (point.coverage ?? 0) < ENOUGH_LABELS;
}

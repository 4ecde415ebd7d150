import { join } from 'path';
import { LoggerService } from '@backstage/backend-plugin-api';
import { Task } from '@mlops-portal/plugin-mlops-common';
import { digestOf } from '../database/values';
import { DayFiles, Layout, linesIn, listDays } from './capture/layout';
import { labelDays } from './cells/labelDays';
import { scanDays } from './cells/scanDay';
import { MonitoringStore, REMOVED, StoredDay } from './MonitoringStore';
import { References } from './References';

export interface ScorerDeps {
  layout: Layout;
  /** Folder for what does not fit into memory. */
  spill: string;
  store: MonitoringStore;
  references: References;
  logger: LoggerService;
  /** Task and class names of the model, for reading labels. */
  labelsOf(endpoint: string): Promise<{ task: Task; classes: string[] }>;
}

/**
 * Brings cells and quality sums up to what is on disk: days whose files have grown are counted again as a whole, so that doing it
 * twice, or after a crash half-way, gives the same.
 */
export class Scorer {
  constructor(private readonly deps: ScorerDeps) {}

  /** True where anything was new. */
  async score(endpoint: string, signal?: AbortSignal): Promise<boolean> {
    const { layout, store } = this.deps;
    const known = new Map(
      (await store.days(endpoint)).map(day => [keyOfDay(day), day]),
    );
    const onDisk = await listDays(layout, endpoint);
    // What arrives for a day whose files were removed comes too late: counted alone it would replace the day.
    const dirty = onDisk.filter(day => {
      const counted = known.get(keyOfDay(day))?.fingerprint;
      return counted !== day.fingerprint && counted !== REMOVED;
    });
    await this.count(endpoint, dirty, signal);
    const labels = await linesIn(join(layout.labels, endpoint));
    const days = await store.days(endpoint);
    // Says what the quality sums were made of: a crash between counting and labelling is made up for the next time.
    const made = digestOf(
      labels.fingerprint,
      ...days.map(day => `${keyOfDay(day)}:${day.fingerprint}`),
    );
    const state = await store.state(endpoint);
    if (made === state.labelsFingerprint) return false;
    await this.label(endpoint, days, labels.files, made, signal);
    return true;
  }

  private async count(
    endpoint: string,
    dirty: DayFiles[],
    signal: AbortSignal | undefined,
  ): Promise<void> {
    for (const version of new Set(dirty.map(day => day.version))) {
      const days = dirty.filter(day => day.version === version);
      const byDay = new Map(days.map(day => [day.day, day]));
      try {
        const reference = await this.deps.references.of(endpoint, version);
        await scanDays(
          days.map(({ day, files }) => ({
            day,
            files,
            scored: this.scoredFile(endpoint, version, day),
          })),
          { reference, spill: this.deps.spill, signal },
          async ({ day }, scanned) => {
            const { fingerprint } = byDay.get(day)!;
            await this.deps.store.putDay({
              endpoint,
              version,
              day,
              fingerprint,
              ...scanned,
            });
          },
        );
      } catch (error) {
        signal?.throwIfAborted();
        // Another version's days must not wait for this one; these stay dirty and are tried again.
        this.deps.logger.warn(
          `predictions of ${endpoint} version ${version} could not be counted: ${error}`,
        );
      }
    }
  }

  private async label(
    endpoint: string,
    days: StoredDay[],
    labels: string[],
    made: string,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const { store } = this.deps;
    const { days: labelled, unknown } = await labelDays({
      labels,
      scored: days.map(({ version, day }) => ({
        version,
        day,
        file: this.scoredFile(endpoint, version, day),
      })),
      ...(await this.deps.labelsOf(endpoint)),
      spill: this.deps.spill,
      signal,
    });
    await store.putQuality(endpoint, labelled);
    await store.putState(endpoint, {
      labelsFingerprint: made,
      unknownLabels: unknown,
    });
  }

  scoredFile(endpoint: string, version: number, day: string): string {
    return join(
      this.deps.layout.scored,
      endpoint,
      String(version),
      `${day}.parquet`,
    );
  }
}

export function keyOfDay(day: Pick<StoredDay, 'version' | 'day'>): string {
  return `${day.version}/${day.day}`;
}

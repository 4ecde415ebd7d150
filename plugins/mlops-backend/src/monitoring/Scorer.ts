import { basename, join } from 'path';
import { LoggerService } from '@backstage/backend-plugin-api';
import { Task } from '@mlops-portal/plugin-mlops-common';
import { digestOf } from '../database/values';
import {
  DayFiles,
  labelledFile,
  Layout,
  linesIn,
  listDays,
  openLabelsFile,
  scoredFile,
} from './capture/layout';
import { labelDays } from './cells/labelDays';
import { scanDays } from './cells/scanDay';
import { Ledger, LabelLedger } from './LabelLedger';
import { MonitoringStore, REMOVED, StoredDay } from './MonitoringStore';
import { References } from './References';

const DAY_MS = 86_400_000;

export interface ScorerDeps {
  layout: Layout;
  /** Folder for what does not fit into memory. */
  spill: string;
  store: MonitoringStore;
  references: References;
  logger: LoggerService;
  /** Days that a label is kept whose prediction does not come; for ever where left out. */
  keepDays?: number;
  now(): Date;
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
    const unknownLabels = await this.label(endpoint, days, labels, signal);
    await store.putState(endpoint, { labelsFingerprint: made, unknownLabels });
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
            scored: scoredFile(this.deps.layout, endpoint, version, day),
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

  /** Number of labels without a prediction. */
  private async label(
    endpoint: string,
    days: StoredDay[],
    labels: { files: string[]; sizes: number[] },
    signal: AbortSignal | undefined,
  ): Promise<number> {
    const { layout, store, spill, keepDays, now } = this.deps;
    const ledger = new LabelLedger(join(layout.labelled, endpoint));
    const before = await ledger.read();
    const read = await this.deps.labelsOf(endpoint);
    const next: Ledger = {
      files: Object.fromEntries(
        labels.files.map((file, at) => [basename(file), labels.sizes[at]]),
      ),
      days: Object.fromEntries(
        days.map(day => [keyOfDay(day), day.fingerprint]),
      ),
      read: JSON.stringify(read),
    };
    const { unknown } = await labelDays(
      {
        labels: labels.files.filter(
          (file, at) => before.files[basename(file)] !== labels.sizes[at],
        ),
        open: openLabelsFile(layout, endpoint),
        oldest: keepDays && (now().getTime() - keepDays * DAY_MS) * 1000,
        days: days.map(({ version, day, fingerprint, quality }) => ({
          version,
          day,
          scored: scoredFile(layout, endpoint, version, day),
          labelled: labelledFile(layout, endpoint, version, day),
          changed:
            // The ledger may outlive what the database was told.
            quality === undefined ||
            before.read !== next.read ||
            before.days[keyOfDay({ version, day })] !== fingerprint,
        })),
        ...read,
        spill,
        signal,
      },
      labelled => store.putQuality(endpoint, [labelled]),
    );
    await ledger.write(next);
    return unknown;
  }
}

export function keyOfDay(day: Pick<StoredDay, 'version' | 'day'>): string {
  return `${day.version}/${day.day}`;
}

import { promises as fs } from 'fs';
import { InputError } from '@backstage/errors';
import {
  CountedSegment,
  FeatureSegments,
  judgeSegments,
  Task,
  windowOf,
} from '@mlops-portal/plugin-mlops-common';
import { digestOf } from '../../database/values';
import { DayFiles, labelledFile, Layout, listDays } from '../capture/layout';
import { FeatureAt } from '../featureDetail';
import { countSegments } from './countSegments';
import { OneAtATime } from './OneAtATime';

const KEPT = 200;
/** Lines of predictions that are read for a page: about ten seconds of work. */
const MOST_BYTES = 1e9;

/** Quality by segment, read from the captured predictions when somebody asks. */
export class Segments {
  private readonly answers = new OneAtATime<CountedSegment[]>(KEPT);

  constructor(
    private readonly deps: {
      layout: Layout;
      spill: string;
      labelsOf(endpoint: string): Promise<{ task: Task; classes: string[] }>;
      /** Default: a gigabyte. */
      mostBytes?: number;
    },
  ) {}

  /** InputError where the window is too large to be read while somebody waits. */
  async of(
    endpoint: string,
    at: FeatureAt,
    primary: string,
    signal: AbortSignal,
  ): Promise<FeatureSegments> {
    const { each, score, of, reference } = at;
    const wanted = new Set(
      of.input.days
        .map(({ day }) => day)
        .filter(day => windowOf(day, of.size) === score.window),
    );
    const days = (await listDays(this.deps.layout, endpoint)).filter(
      ({ version, day }) => version === of.version && wanted.has(day),
    );
    const read = await this.deps.labelsOf(endpoint);
    const labels = await this.labelsFor(endpoint, days);
    const key = digestOf(
      endpoint,
      String(of.version),
      each.role,
      each.feature,
      JSON.stringify(read),
      ...days.map(({ day, fingerprint }) => `${day}:${fingerprint}`),
      ...labels.map(({ made }) => made),
    );
    const counted = await this.answers.get(key, signal, async whole => {
      await this.mustBeSmall(days, score.window);
      return days.length
        ? countSegments(
            {
              predictions: days.flatMap(({ files }) => files),
              labels: labels.map(({ file }) => file),
              feature: each.role === 'prediction' ? undefined : each.feature,
              reference,
              ...read,
              spill: this.deps.spill,
            },
            whole,
          )
        : [];
    });
    const sum = (of2: (segment: CountedSegment) => number) =>
      counted.reduce((total, segment) => total + of2(segment), 0);
    return {
      feature: each.feature,
      kind: reference.kind,
      window: score.window,
      version: of.version,
      ...judgeSegments(counted, primary),
      predictions: sum(({ predictions }) => predictions),
      labels: sum(({ quality }) => quality.labels),
      days: days.length,
      removedDays: wanted.size - days.length,
    };
  }

  /** Labels that an evaluation found to belong to the days, and when each file was made. */
  private async labelsFor(endpoint: string, days: DayFiles[]) {
    const all = await Promise.all(
      days.map(async ({ version, day }) => {
        const { layout } = this.deps;
        const file = labelledFile(layout, endpoint, version, day);
        const stat = await fs.stat(file).catch(() => undefined);
        return stat && { file, made: `${day}:${stat.mtimeMs}:${stat.size}` };
      }),
    );
    return all.filter(found => found !== undefined);
  }

  private async mustBeSmall(days: DayFiles[], window: string): Promise<void> {
    const { mostBytes = MOST_BYTES } = this.deps;
    const sizes = await Promise.all(
      days.map(async ({ files }) => {
        const stats = await Promise.all(files.map(file => fs.stat(file)));
        return stats.reduce((total, { size }) => total + size, 0);
      }),
    );
    const bytes = sizes.reduce((total, size) => total + size, 0);
    if (bytes <= mostBytes) return;
    const written = (size: number) => `${Math.ceil(size / 1e6)} MB`;
    throw new InputError(
      `the predictions of the window from ${window} take ${written(
        bytes,
      )}; up to ${written(
        mostBytes,
      )} are read while somebody waits: choose windows of a day, or a window with less traffic`,
    );
  }
}

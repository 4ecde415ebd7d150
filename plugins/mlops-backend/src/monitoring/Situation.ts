import { NotFoundError } from '@backstage/errors';
import {
  clockOf,
  directionOf,
  isComplete,
  mainStretch,
  quietWindow,
  Version,
  windowOf,
  WindowSize,
} from '@mlops-portal/plugin-mlops-common';
import { ProblemFacts, ProblemsSlice, RegistrySlice } from '../slices';
import { assess, AssessInput, Assessment } from './assess';
import { Layout, listDays } from './capture/layout';
import { MonitoringStore, StoredDay } from './MonitoringStore';
import { References } from './References';

export interface SituationDeps {
  layout: Layout;
  store: MonitoringStore;
  references: References;
  registry: Pick<RegistrySlice, 'champion' | 'listVersions'>;
  problems: Pick<ProblemsSlice, 'facts'>;
  now: () => Date;
}

/** Everything that is known of one version of an endpoint, scored. */
export interface VersionSituation {
  version: number;
  size: WindowSize;
  input: AssessInput;
  assessment: Assessment;
  /** Whether a window gets no more rows; also one in which this version did not answer. */
  closed(window: string): boolean;
}

/** What an endpoint looks like now, from counts and policy; no raw data is read. */
export class Situation {
  private constructor(
    private readonly deps: SituationDeps,
    readonly endpoint: string,
    /** Undefined where the problem is not known (any more). */
    readonly facts: ProblemFacts | undefined,
    readonly days: StoredDay[],
    /** Requests that were captured, those outside the stretch of days that is judged as well. */
    readonly captured: number,
    readonly champion: Version | undefined,
    private readonly versionFacts: Version[],
    readonly clock: { kind: 'event' | 'wall'; now: string },
    private readonly idleMs: number,
  ) {}

  /** NotFoundError where neither a problem nor a prediction of that name is known. */
  static async of(deps: SituationDeps, endpoint: string): Promise<Situation> {
    const facts = await found(deps.problems.facts(endpoint));
    const all = await deps.store.days(endpoint);
    if (!facts && !all.length) {
      throw new NotFoundError(
        `there is no endpoint ${endpoint} to watch: no problem and no prediction of that name is known`,
      );
    }
    const stretch = mainStretch(all);
    const days = all.filter(({ day }) => within(stretch, day));
    const champion = await found(deps.registry.champion(endpoint));
    const versions = (await found(deps.registry.listVersions(endpoint))) ?? [];
    const newest = days.reduce(
      (last, { lastAt }) => (lastAt > last ? lastAt : last),
      '',
    );
    const now = deps.now();
    const onDisk = await listDays(deps.layout, endpoint);
    const arrived = onDisk.reduce(
      (last, each) => (each.arrived > last ? each.arrived : last),
      '',
    );
    const idleMs = arrived
      ? now.getTime() - Date.parse(`${arrived}:00:00.000Z`)
      : 0;
    const clock = clockOf(newest || undefined, now);
    return new Situation(
      deps,
      endpoint,
      facts,
      days,
      all.reduce((sum, { requests }) => sum + requests, 0),
      champion,
      versions,
      clock,
      idleMs,
    );
  }

  /** Versions that have answered or are in production, newest first. */
  get versions(): number[] {
    const all = new Set(this.days.map(({ version }) => version));
    if (this.champion) all.add(this.champion.version);
    return [...all].sort((a, b) => b - a);
  }

  /** The one in production, else the newest that has answered. */
  get current(): number | undefined {
    return this.champion?.version ?? this.versions[0];
  }

  /** Whether a version is the one to judge a window by: the one in production, or the one that answered most of it. */
  leads(version: number, window: string, size: WindowSize): boolean {
    if (version === this.champion?.version) return true;
    let mine = 0;
    let all = 0;
    for (const day of this.days) {
      if (windowOf(day.day, size) !== window) continue;
      all += day.n;
      if (day.version === version) mine += day.n;
    }
    return mine * 2 > all;
  }

  get limits() {
    const { limit = 0.2, minRows = 1000 } = this.facts?.monitoring ?? {};
    return { limit, minRows };
  }

  /** Scores of a version; with `size` in windows of that size, else in the smallest that policy and reference allow. */
  async assess(version: number, size?: WindowSize): Promise<VersionSituation> {
    const { store, references } = this.deps;
    const reference = await references.of(this.endpoint, version);
    const chosen =
      size ??
      quietWindow(
        Object.values(reference?.features ?? {}),
        this.facts?.monitoring.window ?? 'week',
        this.limits.limit,
      );
    const metric = this.facts?.metric ?? { name: 'unknown', target: null };
    const known = this.versionFacts.find(each => each.version === version);
    const input: AssessInput = {
      size: chosen,
      limits: this.limits,
      days: this.days.filter(day => day.version === version),
      cells: (await store.cells(this.endpoint, version)).filter(({ day }) =>
        within(mainStretch(this.days), day),
      ),
      reference,
      wanted: {
        metric: metric.name,
        direction: directionOf(metric.name),
        target: metric.target,
        reference: known?.metrics[metric.name] ?? null,
      },
      seen: {
        lastDay: this.days.reduce(
          (last, { day }) => (day > last ? day : last),
          '',
        ),
        clock: this.clock.kind,
        now: this.deps.now().toISOString(),
        idleMs: this.idleMs,
      },
    };
    return {
      version,
      size: chosen,
      input,
      assessment: assess(input),
      closed: window => isComplete(window, chosen, input.seen),
    };
  }
}

function within(
  stretch: { from: string; to: string } | undefined,
  day: string,
): boolean {
  return stretch !== undefined && day >= stretch.from && day <= stretch.to;
}

/** Undefined for a NotFoundError; anything else is passed on. */
export async function found<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if ((error as Error)?.name === 'NotFoundError') return undefined;
    throw error;
  }
}

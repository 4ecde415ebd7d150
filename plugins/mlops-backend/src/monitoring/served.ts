import {
  FeatureScores,
  Health,
  Period,
  QualityPoint,
  ServedWindow,
  servedWindows,
  Standing,
  standingOf,
  VersionRecord,
  windowsBetween,
  windowsOver,
  WindowSize,
} from '@mlops-portal/plugin-mlops-common';
import { isJudged, lastVerdict } from './assess';
import { Situation, VersionSituation } from './Situation';
import { healthOfVersion } from './health';

/** Versions whose windows a page shows; older ones keep their cells and their own page. */
const MOST_VERSIONS = 20;
const DAYS_OF: Record<WindowSize, number> = { day: 1, week: 7 };
/** A window that no version answered. */
const NOTHING = { score: null, noiseFloor: null, n: 0, missing: null };

/** What an endpoint looks like through time: one version, or each window by the version that answered most of it. */
export interface Served {
  asServed: boolean;
  size: WindowSize;
  /** The version shown; as served the one in production. */
  of: VersionSituation;
  windows: string[];
  periods: Period[];
  features: FeatureScores[];
  quality: QualityPoint[];
  volume: Array<{ window: string; predictions: number; labels: number }>;
  standing: Standing;
  /** The version to judge a window by, with its scores; undefined where nothing was answered. */
  leading(window: string): VersionSituation | undefined;
  /** Every version that was assessed, oldest first. */
  versions: VersionSituation[];
}

/** One version, held against its own reference in every window. */
export async function servedByOne(
  situation: Situation,
  version: number,
  asked?: WindowSize,
): Promise<Served> {
  const of = await situation.assess(version, asked);
  const windows = of.assessment.windows;
  return gather({
    asServed: false,
    of,
    versions: [of],
    windows,
    served: servedWindows(of.input.days, of.size),
  });
}

/** Every version that led a window, each by its own reference, with the version in production at the end. */
export async function servedByAll(
  situation: Situation,
  current: number,
  asked?: WindowSize,
): Promise<Served> {
  const of = await situation.assess(current, asked);
  const { days } = situation;
  const served = servedWindows(days, of.size);
  const leading = [...new Set(served.map(({ version }) => version).reverse())]
    .filter(version => version !== current)
    .slice(0, MOST_VERSIONS)
    .sort((a, b) => a - b);
  const others = await Promise.all(
    leading.map(version => situation.assess(version, of.size)),
  );
  const windows = days.length
    ? windowsBetween(days[0].day, days[days.length - 1].day, of.size)
    : [];
  return gather({
    asServed: true,
    of,
    versions: [...others, of],
    windows,
    served,
  });
}

function gather(parts: {
  asServed: boolean;
  of: VersionSituation;
  versions: VersionSituation[];
  windows: string[];
  served: ServedWindow[];
}): Served {
  const { of, versions, windows } = parts;
  const byVersion = new Map(versions.map(each => [each.version, each]));
  const byWindow = new Map(parts.served.map(each => [each.window, each]));
  const leading = (window: string) => {
    const served = byWindow.get(window);
    return served && byVersion.get(served.version);
  };
  const at = { windows, leading };
  return {
    asServed: parts.asServed,
    size: of.size,
    of,
    windows,
    periods: windows.map(window => periodOf(window, byWindow.get(window), of)),
    features: featuresOf(versions, of, at),
    quality: windows.flatMap(window =>
      qualityOf(window, leading(window) ?? of),
    ),
    volume: windows.map(window => volumeOf(window, versions)),
    standing: standingOf(
      recordOf(of, parts.served),
      versions.filter(each => each !== of).map(each => recordOf(each)),
      of.size,
    ),
    leading,
    versions,
  };
}

function periodOf(
  window: string,
  served: ServedWindow | undefined,
  of: VersionSituation,
): Period {
  return {
    window,
    version: served?.version ?? null,
    share: served?.share ?? 0,
    days: served?.days ?? 0,
    ofDays: DAYS_OF[of.size],
    open: !of.closed(window),
    starts: served?.starts ?? [],
  };
}

/** A feature through the versions that had it: scores by window, verdict and impact of the newest window that was judged. */
function featuresOf(
  versions: VersionSituation[],
  of: VersionSituation,
  at: Pick<Served, 'windows' | 'leading'>,
): FeatureScores[] {
  const keys = new Map<string, FeatureScores>();
  // The version shown comes first: what it takes in decides the order.
  for (const each of [of, ...[...versions].reverse()]) {
    for (const feature of each.assessment.features) {
      const key = keyOf(feature);
      if (!keys.has(key)) keys.set(key, feature);
    }
  }
  return [...keys.values()].map(known => {
    const scores = at.windows.map(window => {
      const leader = at.leading(window);
      const found = leader?.assessment.features
        .find(each => keyOf(each) === keyOf(known))
        ?.scores.find(score => score.window === window);
      return found
        ? { ...found, version: leader!.version }
        : { window, health: 'no-data' as const, ...NOTHING };
    });
    return { ...known, scores, ...verdictOf(known, scores, at) };
  });
}

function verdictOf(
  known: FeatureScores,
  scores: FeatureScores['scores'],
  at: Pick<Served, 'leading'>,
): Pick<FeatureScores, 'health' | 'over' | 'impact' | 'importance' | 'judged'> {
  const newest = [...scores]
    .reverse()
    .find(each => !each.open && isJudged(each));
  const health = lastVerdict(
    newest ? [newest.health] : [],
    scores.some(({ n }) => n > 0),
  );
  const { importance } = known;
  if (!newest || newest.version === undefined)
    return { health, over: 0, impact: null, importance, judged: null };
  const { version, window } = newest;
  const own = at
    .leading(window)
    ?.assessment.features.find(each => keyOf(each) === keyOf(known));
  const weight = own?.importance ?? importance;
  return {
    health,
    over: windowsOver(
      scores
        .filter(each => !each.open && each.version === version)
        .map(each => each.health),
    ),
    impact: newest.score === null ? null : weight * newest.score,
    importance: weight,
    judged: { window, version },
  };
}

function qualityOf(window: string, of: VersionSituation): QualityPoint[] {
  const found = of.assessment.quality.find(point => point.window === window);
  return found ? [{ ...found, version: of.version }] : [];
}

function volumeOf(window: string, versions: VersionSituation[]) {
  const parts = versions.flatMap(({ assessment }) =>
    assessment.volume.filter(each => each.window === window),
  );
  return {
    window,
    predictions: parts.reduce((sum, each) => sum + each.predictions, 0),
    labels: parts.reduce((sum, each) => sum + each.labels, 0),
  };
}

/** What a version has shown, for the rule that says where an endpoint stands; `served` tells how far a window has come. */
export function recordOf(
  of: VersionSituation,
  served: ServedWindow[] = [],
): VersionRecord {
  const { assessment, version } = of;
  const health: Health = healthOfVersion(of);
  const judged = [...assessment.windows]
    .reverse()
    .find(
      window =>
        assessment.complete.has(window) &&
        assessment.features.some(({ scores }) =>
          scores.some(score => score.window === window && isJudged(score)),
        ),
    );
  const [newest] = servedWindows(of.input.days, of.size).slice(-1);
  const rows = assessment.volume.find(
    ({ window }) => window === newest?.window,
  )?.predictions;
  // Without a reference nothing will ever be judged: unknown is a verdict of its own.
  const never = !of.input.reference && assessment.windows.length;
  return {
    version,
    health,
    judged: judged ?? (never ? newest?.window : undefined),
    newest: newest && {
      window: newest.window,
      open: !assessment.complete.has(newest.window),
      // The same number as over the column of that window.
      days: (served.find(({ window }) => window === newest.window) ?? newest)
        .days,
      rows: rows ?? 0,
    },
  };
}

function keyOf({ role, feature }: FeatureScores): string {
  return `${role}/${feature}`;
}

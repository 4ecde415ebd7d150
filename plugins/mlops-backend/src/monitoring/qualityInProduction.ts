import { MonitoringSummary } from '../slices';
import { Situation, VersionSituation } from './Situation';

const SUMMARY_WINDOWS = 26;
/** Versions beside the one in production whose quality a summary shows. */
const SUMMARY_VERSIONS = 5;

/** The versions that answered before the one in production, oldest first, scored in the same windows. */
export async function versionsBefore(
  situation: Situation,
  of: VersionSituation | undefined,
): Promise<VersionSituation[]> {
  const before = situation.versions
    .filter(version => version !== of?.version)
    .slice(0, SUMMARY_VERSIONS)
    .reverse();
  return Promise.all(
    before.map(version => situation.assess(version, of?.size)),
  );
}

/** Quality in production: of each window the version that answered most of it. */
export function qualityInProduction(
  versions: Array<
    Pick<VersionSituation, 'version'> & {
      assessment: Pick<VersionSituation['assessment'], 'quality'>;
    }
  >,
): MonitoringSummary['quality'] {
  const byWindow = new Map<string, MonitoringSummary['quality'][number]>();
  for (const { version, assessment } of versions) {
    for (const point of assessment.quality) {
      const { window, value, low, high, coverage, labels } = point;
      const known = byWindow.get(window);
      if (!known || known.n <= labels) {
        const n = labels;
        byWindow.set(window, {
          window,
          value,
          low,
          high,
          coverage,
          version,
          n,
        });
      }
    }
  }
  return [...byWindow.values()]
    .sort((a, b) => a.window.localeCompare(b.window))
    .slice(-SUMMARY_WINDOWS);
}

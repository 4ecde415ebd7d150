import { Run } from '@mlops-portal/plugin-mlops-common';

/** What is known of the version in production when a run starts. */
export interface InProduction {
  /** Its artefact. */
  uri: string;
  /** Time of the last row it was judged on (ISO); absent for data without time. */
  testTo?: string | null;
}

/** Runs that continue from where the problem stands; the others say themselves which window they mean. */
const CONTINUING: Run['trigger'][] = ['commit', 'rerun'];
const DAY_MS = 86_400_000;

/**
 * Parameters that the hub adds to those given, so that a run is compared fairly with the version in production:
 * `champion`, its artefact, and `until`, moved to the end of the window that version was judged on where the run would
 * stop earlier. On an earlier window the version in production may have been trained on the very rows it is judged on.
 * An `until` of "" means the end of the data and stays; so does one that a person or a policy chose.
 */
export function filledParameters(request: {
  declared: Set<string>;
  trigger: Run['trigger'];
  given: Run['parameters'];
  /** `windows.until` of problem.yaml. */
  policyUntil?: string;
  production?: InProduction;
}): Record<string, string> {
  const { declared, trigger, given, policyUntil, production } = request;
  if (!production) return {};
  const filled: Record<string, string> = {};
  if (declared.has('champion') && given.champion === undefined) {
    filled.champion = production.uri;
  }
  const chosen = given.until !== undefined && !CONTINUING.includes(trigger);
  const wanted = Date.parse(String(given.until ?? policyUntil ?? ''));
  if (!declared.has('until') || chosen || !production.testTo) return filled;
  const end = Math.ceil((Date.parse(production.testTo) + 1) / DAY_MS) * DAY_MS;
  // NaN, which is "the end of the data", is not earlier than anything.
  if (wanted < end) filled.until = new Date(end).toISOString().slice(0, 10);
  return filled;
}

import { Endpoint } from '@mlops-portal/plugin-mlops-common';

/** An engine is asked several times a minute; without an answer for so long, what is known of its endpoints is from before. */
const SILENT_MS = 60_000;

/** Whether the engine of an endpoint has been silent, so that its state is the last known one only. A retired one is asked no more. */
export function isSilent(
  { state, observedAt }: Pick<Endpoint, 'state' | 'observedAt'>,
  now: Date,
): boolean {
  if (state === 'retired' || !observedAt) return false;
  return now.getTime() - Date.parse(observedAt) >= SILENT_MS;
}

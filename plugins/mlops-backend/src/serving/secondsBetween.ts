/** Seconds since an ISO time; 0 for one that lies ahead. */
export function secondsBetween(from: string, to: Date): number {
  return Math.max(0, (to.getTime() - Date.parse(from)) / 1000);
}

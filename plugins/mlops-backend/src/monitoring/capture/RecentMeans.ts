interface Minute {
  n: number;
  numbers: number;
  sum: number;
}

/** Minutes that are kept. */
const KEPT = 26 * 60;

/** Count and mean prediction by endpoint, version and minute of arrival: what a canary is compared by, without reading files. */
export class RecentMeans {
  private readonly minutes = new Map<string, Map<string, Minute>>();

  add(
    endpoint: string,
    version: number,
    arrival: string,
    prediction: number | null,
  ): void {
    const key = `${endpoint}/${version}`;
    let byMinute = this.minutes.get(key);
    const minute = arrival.slice(0, 16);
    if (!byMinute) {
      // Versions come and go: those that answer no more are forgotten when a new one begins.
      this.forgetBefore(minute);
      byMinute = new Map();
      this.minutes.set(key, byMinute);
    }
    let counts = byMinute.get(minute);
    if (!counts) {
      counts = { n: 0, numbers: 0, sum: 0 };
      byMinute.set(minute, counts);
      if (byMinute.size > KEPT) byMinute.delete([...byMinute.keys()].sort()[0]);
    }
    counts.n += 1;
    if (prediction !== null) {
      counts.numbers += 1;
      counts.sum += prediction;
    }
  }

  private forgetBefore(minute: string): void {
    const oldest = new Date(Date.parse(`${minute}Z`) - KEPT * 60_000)
      .toISOString()
      .slice(0, 16);
    for (const [key, byMinute] of this.minutes) {
      if (![...byMinute.keys()].some(each => each >= oldest))
        this.minutes.delete(key);
    }
  }

  /** By version, of the minutes from that of `since` on. */
  since(
    endpoint: string,
    since: string,
  ): Array<{ version: number; n: number; mean: number | null }> {
    const from = new Date(since).toISOString().slice(0, 16);
    const found: Array<{ version: number; n: number; mean: number | null }> =
      [];
    for (const [key, byMinute] of this.minutes) {
      const [name, version] = key.split('/');
      if (name !== endpoint) continue;
      const sum: Minute = { n: 0, numbers: 0, sum: 0 };
      for (const [minute, counts] of byMinute) {
        if (minute < from) continue;
        sum.n += counts.n;
        sum.numbers += counts.numbers;
        sum.sum += counts.sum;
      }
      if (sum.n) {
        found.push({
          version: Number(version),
          n: sum.n,
          mean: sum.numbers ? sum.sum / sum.numbers : null,
        });
      }
    }
    return found.sort((a, b) => a.version - b.version);
  }
}

import { join } from 'path';
import { appendFiles } from './appendFiles';
import { GroupCommit } from './GroupCommit';
import { hourOf, Layout } from './layout';

export interface Label {
  id: string;
  label: string | number | boolean;
}

/**
 * Keeps labels as lines of JSON: labels/<endpoint>/<arrival hour>.ndjson with `id`, `label` and `s`, which grows: of two labels
 * for one prediction the later one wins. Labels of predictions that are not known (yet) are kept as well.
 */
export class LabelStore {
  private readonly commits = new GroupCommit<
    { endpoint: string; labels: Label[] },
    number
  >({ what: 'labels', most: 500_000, write: batches => this.write(batches) });
  private last = 0;

  constructor(
    private readonly deps: {
      layout: Layout;
      onStored(endpoints: string[]): void;
      now(): Date;
    },
  ) {}

  /** How many are on disk now: all of them. ServiceUnavailableError where the disk refuses. */
  store(endpoint: string, labels: Label[]): Promise<number> {
    return this.commits.add({ endpoint, labels }, labels.length);
  }

  private async write(
    batches: Array<{ endpoint: string; labels: Label[] }>,
  ): Promise<number[]> {
    const now = this.deps.now();
    const hour = hourOf(now.toISOString());
    const content = new Map<string, string>();
    for (const { endpoint, labels } of batches) {
      const path = join(this.deps.layout.labels, endpoint, `${hour}.ndjson`);
      let text = content.get(path) ?? '';
      for (const { id, label } of labels) {
        text += `${JSON.stringify({ id, label, s: this.next(now) })}\n`;
      }
      content.set(path, text);
    }
    await appendFiles(content);
    this.deps.onStored([...new Set(batches.map(({ endpoint }) => endpoint))]);
    return batches.map(({ labels }) => labels.length);
  }

  /** Milliseconds with three more digits to tell labels of one moment apart. */
  private next(now: Date): number {
    this.last = Math.max(this.last + 1, now.getTime() * 1000);
    return this.last;
  }
}

import { promises as fs } from 'fs';
import { join } from 'path';
import { z } from 'zod';

const ledgerSchema = z.object({
  /** Bytes of each file of labels that were read, by name. */
  files: z.record(z.string(), z.number()),
  /** Fingerprint of each day's predictions when it was labelled, by version and day. */
  days: z.record(z.string(), z.string()),
  /** Task and classes that the labels were read by. */
  read: z.string(),
});
/** What the labels beside the days of an endpoint were made of. */
export type Ledger = z.infer<typeof ledgerSchema>;

const EMPTY: Ledger = { files: {}, days: {}, read: '' };

/** Keeps the ledger beside what it tells of, so that both are lost or copied together. Without one all is read again. */
export class LabelLedger {
  private readonly path: string;

  constructor(private readonly folder: string) {
    this.path = join(folder, 'read.json');
  }

  async read(): Promise<Ledger> {
    try {
      const text = await fs.readFile(this.path, 'utf8');
      return ledgerSchema.parse(JSON.parse(text));
    } catch {
      return EMPTY;
    }
  }

  /** Whole or not at all; last, so that a crash before it does the same again. */
  async write(ledger: Ledger): Promise<void> {
    await fs.mkdir(this.folder, { recursive: true });
    const part = `${this.path}.part`;
    await fs.writeFile(part, JSON.stringify(ledger));
    await fs.rename(part, this.path);
  }
}

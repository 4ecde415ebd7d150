import { randomUUID } from 'node:crypto';
import { Knex } from 'knex';
import { isoTime } from '../database/values';

interface Row {
  name: string;
  holder: string;
  attempt: number;
  lease_until: string;
}

export interface Lease {
  /** Grows with every holder: a write that carries an older one is late. */
  attempt: number;
  /** False once somebody else holds it. */
  renew(): Promise<boolean>;
}

/** Work claimed from the database: whichever replica gets the lease does it, and a dead one's work is free after its lease. */
export class LeaseStore {
  private readonly holder = randomUUID();

  constructor(private readonly knex: Knex) {}

  /**
   * Runs `work` if nobody else holds `name`; undefined otherwise. The lease is renewed while the work goes on, so `ms` says not
   * how long the work may take but how long a dead holder keeps others waiting.
   */
  async withLease<T>(
    name: string,
    ms: number,
    work: (lease: Lease) => Promise<T>,
  ): Promise<T | undefined> {
    const attempt = await this.claim(name, ms);
    if (attempt === undefined) return undefined;
    const held = () =>
      this.knex<Row>('leases').where({ name, holder: this.holder, attempt });
    const renew = async () =>
      (await held().update({ lease_until: isoTime(ms) })) === 1;
    // A renewal that fails is tried again; after the last the lease runs out, and later writes are told apart by the attempt.
    const beat = setInterval(() => renew().catch(() => undefined), ms / 3);
    try {
      return await work({ attempt, renew });
    } finally {
      clearInterval(beat);
      // Where it cannot be given back it runs out; what the work gave, or why it failed, is told in any case.
      await held()
        .update({ lease_until: isoTime() })
        .catch(() => undefined);
    }
  }

  /** Forgets what nobody has worked on for a day. */
  async sweep(): Promise<void> {
    await this.knex<Row>('leases')
      .where('lease_until', '<', isoTime(-24 * 3_600_000))
      .delete();
  }

  private async claim(name: string, ms: number): Promise<number | undefined> {
    const rows = () => this.knex<Row>('leases');
    const fresh = { name, holder: this.holder, attempt: 0, lease_until: '' };
    const row = await rows().where({ name }).first();
    if (!row) await rows().insert(fresh).onConflict('name').ignore();
    const attempt = row?.attempt ?? 0;
    const taken = await rows()
      .where({ name, attempt })
      .andWhere('lease_until', '<=', isoTime())
      .update({
        holder: this.holder,
        attempt: attempt + 1,
        lease_until: isoTime(ms),
      });
    return taken === 1 ? attempt + 1 : undefined;
  }
}

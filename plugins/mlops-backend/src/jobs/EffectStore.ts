import { setTimeout as sleep } from 'node:timers/promises';
import { ConflictError } from '@backstage/errors';
import { Knex } from 'knex';
import { digestOf, fromJson, isoTime, toJson } from '../database/values';

interface Effect {
  kind: string;
  key: string;
  /** The request as JSON: the same key with another request is refused. */
  request: unknown;
  /** How long one attempt may take before another may take over, milliseconds. */
  leaseMs?: number;
  signal?: AbortSignal;
}

interface Row {
  kind: string;
  key: string;
  fingerprint: string;
  state: 'open' | 'done';
  attempt: number;
  lease_until: string;
  result: string | null;
  created_at: string;
}

/** Runs an effect once per (kind, key) and repeats its stored answer; a late attempt cannot overwrite the one that took over. */
export class EffectStore {
  constructor(private readonly knex: Knex) {}

  /**
   * Answer of the effect, from now or from before. Two callers with one key: the second waits for the first.
   *
   * ConflictError when the key was used for another request, or when another attempt took over meanwhile. An effect that
   * throws is open again: the next call with the key runs it.
   */
  async once<T>(effect: Effect, act: () => Promise<T>): Promise<T> {
    const fingerprint = digestOf(toJson(effect.request));
    for (;;) {
      effect.signal?.throwIfAborted();
      const claimed = await this.claim(effect, fingerprint);
      if ('result' in claimed) return claimed.result as T;
      if ('attempt' in claimed) {
        return await this.run(effect, claimed.attempt, act);
      }
      await sleep(100, undefined, { signal: effect.signal });
    }
  }

  private async claim(
    effect: Effect,
    fingerprint: string,
  ): Promise<{ result: unknown } | { attempt: number } | { busy: true }> {
    const { kind, key } = effect;
    const lease = isoTime(effect.leaseMs ?? 60_000);
    await this.knex<Row>('effects')
      .insert({
        kind,
        key,
        fingerprint,
        state: 'open',
        attempt: 0,
        lease_until: '',
        result: null,
        created_at: isoTime(),
      })
      .onConflict(['kind', 'key'])
      .ignore();
    const row = await this.knex<Row>('effects').where({ kind, key }).first();
    if (!row) return { busy: true };
    if (row.fingerprint !== fingerprint) {
      throw new ConflictError(
        `the idempotency key "${key}" was used before for another ${kind}: use a new key`,
      );
    }
    if (row.state === 'done')
      return { result: fromJson(row.result, undefined) };
    if (row.lease_until > isoTime()) return { busy: true };
    const attempt = row.attempt + 1;
    const taken = await this.knex<Row>('effects')
      .where({ kind, key, state: 'open', attempt: row.attempt })
      .update({ attempt, lease_until: lease });
    return taken === 1 ? { attempt } : { busy: true };
  }

  private async run<T>(
    effect: Effect,
    attempt: number,
    act: () => Promise<T>,
  ): Promise<T> {
    const { kind, key } = effect;
    const mine = () =>
      this.knex<Row>('effects').where({ kind, key, state: 'open', attempt });
    try {
      const result = await act();
      const written = await mine().update({
        state: 'done',
        result: toJson(result),
      });
      if (written === 1) return result;
    } catch (error) {
      // Where it cannot be opened again its lease runs out; the cause is told in any case.
      await mine()
        .update({ lease_until: '' })
        .catch(() => undefined);
      throw error;
    }
    throw new ConflictError(
      `${kind} "${key}" took longer than its lease and another attempt took over: ask again for its answer`,
    );
  }
}

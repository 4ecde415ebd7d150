import {
  Direction,
  Trial,
  directionOf,
  trialSchema,
} from '@mlops-portal/plugin-mlops-common';
import { Knex } from 'knex';
import { z } from 'zod';
import { fromJson, toJson } from '../database/values';

/** Run facet of ours that the tuning step reports with; more than one event of a run may carry it. */
export const trialsFacetSchema = z.looseObject({
  metric: z.string().min(1),
  trials: z.array(trialSchema.omit({ best: true })).max(10_000),
});
export type TrialsFacet = z.infer<typeof trialsFacetSchema>;

/** Trials of runs, one row each; a candidate that is reported again replaces what was known of it. */
export class TrialStore {
  constructor(private readonly knex: Knex) {}

  async put(runId: string, { metric, trials }: TrialsFacet): Promise<void> {
    await this.knex.transaction(async trx => {
      // Programs outside the portal report trials, too; there is no run to show them at.
      const run = await trx('runs').where({ id: runId }).first('id');
      if (!run) return;
      for (const trial of trials) {
        const text = toJson(trial);
        await trx('run_trials')
          .insert({ run_id: runId, candidate: trial.candidate, trial: text })
          .onConflict(['run_id', 'candidate'])
          .merge({ trial: text });
      }
      await trx('runs').where({ id: runId }).update({ trial_metric: metric });
    });
  }

  /** In order of candidates, the best one marked. */
  async list(runId: string, metric: string | null): Promise<Trial[]> {
    const rows = await this.knex('run_trials')
      .where({ run_id: runId })
      .orderBy('candidate');
    const trials = rows.map(row =>
      trialSchema.parse(fromJson<unknown>(row.trial, {})),
    );
    return metric ? markBest(trials, directionOf(metric)) : trials;
  }
}

export function markBest(trials: Trial[], direction: Direction): Trial[] {
  const sign = direction === 'maximize' ? 1 : -1;
  let best: Trial | undefined;
  for (const trial of trials) {
    if (trial.value === null) continue;
    const better =
      best === undefined || sign * trial.value > sign * best.value!;
    if (better) best = trial;
  }
  return trials.map(trial => ({ ...trial, best: trial === best }));
}

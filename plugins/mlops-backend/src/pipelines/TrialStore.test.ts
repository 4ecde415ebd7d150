import { markBest, trialsFacetSchema } from './TrialStore';

const trial = (candidate: number, value: number | null) => ({
  candidate,
  value,
  parameters: {},
  metrics: {},
  best: false,
});

describe('markBest', () => {
  it('marks the largest value where more is better, the smallest otherwise', () => {
    const trials = [trial(0, 0.7), trial(1, 0.9), trial(2, null)];
    const best = (marked: typeof trials) =>
      marked.filter(t => t.best).map(t => t.candidate);
    expect(best(markBest(trials, 'maximize'))).toEqual([1]);
    expect(best(markBest(trials, 'minimize'))).toEqual([0]);
  });

  it('marks none where no trial has a value', () => {
    expect(markBest([trial(0, null)], 'maximize')[0].best).toBe(false);
  });
});

describe('trialsFacetSchema', () => {
  it('refuses a trial without a candidate', () => {
    const facet = { metric: 'roc_auc', trials: [{ value: 1, parameters: {} }] };
    expect(trialsFacetSchema.safeParse(facet).success).toBe(false);
  });
});

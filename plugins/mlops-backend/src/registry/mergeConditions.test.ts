import { Condition } from '@mlops-portal/plugin-mlops-common';
import { mergeConditions } from './mergeConditions';

const run = (
  state: Condition['state'],
  condition = 'better than the baseline',
): Condition => ({ condition, state, detail: 'run', checkedBy: 'run' });
const hub = (
  state: Condition['state'],
  condition = 'better than the baseline',
): Condition => ({ condition, state, detail: 'hub', checkedBy: 'hub' });

describe('mergeConditions', () => {
  it('asks once what both asked, with the figures of the hub, and says that both agree', () => {
    expect(mergeConditions([run('met'), hub('met')])).toEqual([
      { ...hub('met'), checkedBy: 'both' },
    ]);
  });

  it.each([
    ['met', 'not-met', 'not-met', 'hub; the gate of the run says met: run'],
    ['not-met', 'met', 'not-met', 'run; the hub says met: hub'],
    ['met', 'unknown', 'unknown', 'hub; the gate of the run says met: run'],
    [
      'unknown',
      'not-met',
      'not-met',
      'hub; the gate of the run says unknown: run',
    ],
  ] as const)(
    'keeps the stricter of the run (%s) and the hub (%s): %s',
    (ofRun, ofHub, state, detail) => {
      const [only, ...rest] = mergeConditions([run(ofRun), hub(ofHub)]);
      expect(rest).toEqual([]);
      expect(only).toMatchObject({ state, detail });
    },
  );

  it('takes small differences of wording for the same question', () => {
    const merged = mergeConditions([
      run('met', 'Better than baseline'),
      hub('met', 'is better than the baseline.'),
    ]);
    expect(merged).toHaveLength(1);
  });

  it('keeps questions that differ in a figure apart, in their order', () => {
    const merged = mergeConditions([
      run('met', 'roc_auc >= 0.65'),
      run('met', 'roc_auc >= 0.70'),
      hub('met'),
    ]);
    expect(merged.map(c => c.condition)).toEqual([
      'roc_auc >= 0.65',
      'roc_auc >= 0.70',
      'better than the baseline',
    ]);
  });

  it('merges what was stored before conditions said who checked them', () => {
    const old = { condition: 'better than the baseline', detail: '' } as const;
    expect(
      mergeConditions([
        { ...old, state: 'met' },
        { ...old, state: 'met', detail: 'roc_auc 0.7, baseline 0.5' },
      ]),
    ).toEqual([{ ...old, state: 'met', detail: 'roc_auc 0.7, baseline 0.5' }]);
  });
});

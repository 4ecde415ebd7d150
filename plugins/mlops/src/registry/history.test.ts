import { historyOf } from './history';

const at = (s: number, ms = 0) =>
  new Date(Date.UTC(2026, 0, 1, 12, 0, s, ms)).toISOString();
const step = (
  time: string,
  what: string,
  reason?: string,
  actor = 'policy',
) => ({
  at: time,
  actor,
  what,
  reason,
});

describe('historyOf', () => {
  // As the hub gives them: newest first.
  const rows = historyOf([
    step(at(20, 3), 'stage', 'drift'),
    step(at(20, 1), 'alias', 'drift'),
    step(at(20), 'deployed', 'drift'),
    step(at(15), 'approval', 'looks good', 'user:default/ann'),
    step(at(10, 2), 'alias', 'drift'),
    step(at(10), 'deployed', 'drift'),
    step(at(1), 'ready'),
  ]);

  it('folds what one act did, oldest first', () => {
    expect(rows.map(r => r.steps.map(s => s.what))).toEqual([
      ['ready'],
      ['deployed', 'alias'],
      ['approval'],
      ['deployed', 'alias', 'stage'],
    ]);
  });

  it('says a reason once', () => {
    expect(rows.map(r => r.reason)).toEqual([
      undefined,
      'drift',
      'looks good',
      undefined,
    ]);
  });

  it('keeps acts of different people apart', () => {
    const both = historyOf([
      step(at(1), 'stage', 'x', 'user:default/bo'),
      step(at(1), 'stage', 'x', 'user:default/ann'),
    ]);
    expect(both).toHaveLength(2);
  });
});

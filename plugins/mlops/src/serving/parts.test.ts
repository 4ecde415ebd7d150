import { partsOf, versionBefore } from './parts';

const revision = (version: number, percent: number) => ({
  id: `r${version}`,
  number: version,
  model: 'flight-delay',
  version,
  state: 'answering' as const,
  percent,
  requests: 0,
  errors: 0,
  createdAt: '2026-01-01T00:00:00Z',
});
const rollout = (version: number, state: 'running' | 'finished') => ({
  version,
  steps: [10, 100],
  at: 0,
  state,
  startedAt: '2026-01-01T00:00:00Z',
  stepSince: '2026-01-01T00:00:00Z',
  checks: [],
});

describe('partsOf', () => {
  it('puts production before the version that is rolled out', () => {
    expect(
      partsOf({
        revisions: [revision(3, 10), revision(4, 90), revision(2, 0)],
        rollout: rollout(3, 'running'),
      }).map(part => part.label),
    ).toEqual(['v4', 'v3']);
  });

  it('is empty without traffic', () => {
    expect(partsOf({ revisions: [revision(1, 0)] })).toEqual([]);
  });
});

describe('versionBefore', () => {
  it('names production while a canary is on', () => {
    expect(
      versionBefore({
        revisions: [revision(4, 90), revision(6, 10)],
        rollout: rollout(6, 'running'),
        changes: [],
      }),
    ).toBe(4);
  });

  it('names the last other version that had all traffic', () => {
    expect(
      versionBefore({
        revisions: [revision(6, 100)],
        rollout: rollout(6, 'finished'),
        changes: [
          { traffic: [{ version: 6, percent: 100 }] },
          {
            traffic: [
              { version: 4, percent: 90 },
              { version: 6, percent: 10 },
            ],
          },
          { traffic: [{ version: 4, percent: 100 }] },
          { traffic: [{ version: 3, percent: 100 }] },
        ],
      }),
    ).toBe(4);
  });

  it('is undefined where nothing answered before', () => {
    expect(
      versionBefore({
        revisions: [revision(1, 100)],
        changes: [{ traffic: [{ version: 1, percent: 100 }] }],
      }),
    ).toBeUndefined();
  });
});

import { aliasesFor, stageFor } from './traffic';

const share = (...shares: Array<[number, number]>) =>
  shares.map(([version, percent]) => ({ version, percent }));

describe('aliasesFor', () => {
  it.each([
    ['a first version', share([1, 100]), undefined, 1, undefined],
    ['a canary beside it', share([1, 90], [2, 10]), 1, 1, 2],
    ['the canary that won', share([2, 100]), 1, 2, undefined],
    ['a version that is only loaded', share([1, 100], [2, 0]), 1, 1, undefined],
    ['a canary that went back', share([1, 100], [2, 0]), 1, 1, undefined],
    ['a first canary', share([1, 10]), undefined, undefined, 1],
    ['a retired endpoint', share(), 1, undefined, undefined],
  ])(
    'names champion and challenger for %s',
    (_, traffic, before, champion, challenger) => {
      expect(aliasesFor(traffic, before)).toEqual({ champion, challenger });
    },
  );
});

describe('stageFor', () => {
  it.each([
    ['candidate', 100, 'production'],
    ['candidate', 10, 'staging'],
    ['production', 90, 'production'],
    ['production', 0, 'archived'],
    ['staging', 0, 'candidate'],
    ['archived', 100, 'production'],
    ['development', 0, 'development'],
  ])('moves %s with %d %% to %s', (stage, percent, next) => {
    expect(stageFor(stage, percent)).toBe(next);
  });
});

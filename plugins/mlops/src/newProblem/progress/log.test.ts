import { filesOf, madeOf, readable, reasonOf } from './log';

const failed = [
  '2026-11-24T10:00:00.000Z Beginning step Read the source again',
  '2026-11-24T10:00:01.000Z \u001b[32minfo\u001b[39m: asked the hub',
  '2026-11-24T10:00:02.000Z InputError: Problem late cannot be made: target: is constant; caused by Error: x\n    at handler (planProblem.ts:44:17)\n    at run (worker.js:1:2)',
];

describe('log of a step', () => {
  it('is shown without colours, machine times and stack traces', () => {
    expect(readable(failed)).toEqual([
      'Beginning step Read the source again',
      'asked the hub',
      'InputError: Problem late cannot be made: target: is constant; caused by Error: x',
    ]);
  });

  it('says why the step failed', () => {
    expect(reasonOf(failed)).toBe(
      'Problem late cannot be made: target: is constant',
    );
  });

  it('gives no reason where there was no error', () => {
    expect(reasonOf(failed.slice(0, 2))).toBeUndefined();
  });

  it('ends with what the step made', () => {
    expect(
      madeOf([
        'Beginning step Make repository',
        '\u001b[32minfo\u001b[39m: 44 files, commit bae2e91',
        'Finished step Make repository',
      ]),
    ).toBe('44 files, commit bae2e91');
    expect(madeOf(['Beginning step x', 'Finished step x'])).toBeUndefined();
  });

  it('counts the files that were rendered, not the folders', () => {
    expect(
      filesOf([
        'info: Processing 54 template files/directories',
        'info: Writing file README.md to template output path with mode 33188.',
        'info: Writing directory src/ to template output path.',
        'info: Writing file src/model.py to template output path with mode 33188.',
      ]),
    ).toBe(2);
  });
});

/* eslint-disable jest/no-export, jest/no-standalone-expect -- part of the suite of source engines */
import { DiffFile } from '../contracts';
import { DIFF_LIMITS } from '../diff';
import { SourceBehaviour } from './sourceCiConformance';
import { SourceEngineDriver } from './sourceEngineDriver';

const BEFORE = Array.from({ length: 60 }, (_, i) => `row ${i + 1}`);
const AFTER = [
  ...BEFORE.slice(0, 9),
  '-- minus',
  '++ plus',
  ...BEFORE.slice(10, 49),
  ...BEFORE.slice(50),
];
const text = (lines: string[]) => `${lines.join('\n')}\n`;

/** The difference between two commits; called inside the `describe` of the suite. */
export function itComparesCommits(
  behaves: (
    behaviour: SourceBehaviour,
    title: string,
    body: () => Promise<void>,
  ) => void,
  driver: () => SourceEngineDriver,
) {
  const started = async () => {
    const { name, headCommit } = await driver().create(
      await driver().request('none'),
    );
    return { name, first: headCommit };
  };

  behaves(
    'diff',
    'tells which files two commits differ in and how, both ways, with the commits between',
    async () => {
      const { name, first } = await started();
      const one = await driver().commit(
        name,
        { 'src/train model.py': text(BEFORE), 'gone.txt': 'old\n' },
        'Train\n\nA longer text.',
      );
      const two = await driver().commit(
        name,
        {
          'src/train model.py': text(AFTER),
          'gone.txt': null,
          'docs/داده.md': 'سلام\n',
        },
        'Change',
      );
      const there = await driver().diff(name, one, two);
      expect(there).toMatchObject({ from: one, to: two, truncated: false });
      expect(there.files.map(f => [f.path, f.status, f.binary])).toEqual([
        ['docs/داده.md', 'added', false],
        ['gone.txt', 'removed', false],
        ['src/train model.py', 'changed', false],
      ]);
      const [added, removed, changed] = there.files;
      expect(applied([], added)).toEqual(['سلام']);
      expect(applied(['old'], removed)).toEqual([]);
      expect(applied(BEFORE, changed)).toEqual(AFTER);
      if (changed.additions !== undefined)
        expect([changed.additions, changed.deletions]).toEqual([
          countOf('+', changed),
          countOf('-', changed),
        ]);
      expect(there.commits).toEqual([
        {
          commit: two,
          message: 'Change',
          author: 'Ada',
          at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
        },
      ]);
      expect(
        (await driver().diff(name, first, two)).commits.map(c => c.message),
      ).toEqual(['Change', 'Train']);

      const back = await driver().diff(name, two, one);
      expect(back.commits).toEqual([]);
      expect(back.files.map(f => f.status)).toEqual([
        'removed',
        'added',
        'changed',
      ]);
      expect(applied(AFTER, back.files[2])).toEqual(BEFORE);
    },
  );

  behaves(
    'diff',
    'finds no difference between a commit and itself',
    async () => {
      const { name, first } = await started();
      expect(await driver().diff(name, first, first)).toEqual({
        from: first,
        to: first,
        files: [],
        commits: [],
        truncated: false,
      });
    },
  );

  behaves(
    'diff',
    'names binary files, and cuts long ones and says so',
    async () => {
      const { name, first } = await started();
      const long = Array.from(
        { length: DIFF_LIMITS.linesPerFile + 50 },
        (_, i) => `${i}`,
      );
      const next = await driver().commit(
        name,
        {
          'a/model.bin': '\0\u0001\0',
          'b/rows.csv': text(long),
          'c/train.py': 'x = 1\n',
        },
        'Large',
      );
      const { files, truncated } = await driver().diff(name, first, next);
      expect(truncated).toBe(true);
      expect(files).toMatchObject([
        { path: 'a/model.bin', binary: true, hunks: [] },
        { path: 'b/rows.csv', binary: false, truncated: true },
        { path: 'c/train.py', truncated: false },
      ]);
      const shown = files[1].hunks.flatMap(hunk => hunk.lines);
      expect(shown.length).toBeLessThanOrEqual(DIFF_LIMITS.linesPerFile);
      expect(applied([], files[2])).toEqual(['x = 1']);
    },
  );

  behaves(
    'diff',
    'knows no commit that is not there, and takes nothing but ids',
    async () => {
      const { name, first } = await started();
      const missing = 'd'.repeat(40);
      for (const [from, to] of [
        [missing, first],
        [first, missing],
      ])
        await expect(driver().diff(name, from, to)).rejects.toMatchObject({
          name: 'NotFoundError',
          message: expect.stringContaining(missing),
        });
      for (const wrong of [
        '',
        'main',
        'HEAD',
        '--output=x',
        first.slice(0, 12),
        first.toUpperCase().replace(/^\d*/, 'A'),
        `${first}^`,
      ])
        for (const [from, to] of [
          [wrong, first],
          [first, wrong],
        ])
          await expect(driver().diff(name, from, to)).rejects.toMatchObject({
            name: 'InputError',
          });
    },
  );
}

function countOf(sign: string, { hunks }: DiffFile): number {
  return hunks.flatMap(({ lines }) => lines).filter(l => l[0] === sign).length;
}

/** The file after its hunks, which have to fit what it was before. */
function applied(before: string[], { hunks }: DiffFile): string[] {
  const after: string[] = [];
  let at = 0;
  for (const hunk of hunks) {
    const start = hunk.oldLines ? hunk.oldStart - 1 : hunk.oldStart;
    after.push(...before.slice(at, start));
    const side = (gone: string) =>
      hunk.lines.filter(l => l[0] !== gone).map(l => l.slice(1));
    expect(side('+')).toEqual(before.slice(start, start + hunk.oldLines));
    if (hunk.newLines) expect(after).toHaveLength(hunk.newStart - 1);
    expect(side('-')).toHaveLength(hunk.newLines);
    after.push(...side('-'));
    at = start + hunk.oldLines;
  }
  return [...after, ...before.slice(at)];
}

import { promises as fs } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DIFF_LIMITS } from '@mlops-portal/plugin-mlops-node';
import { BareRepository } from './BareRepository';
import { compareCommits } from './compareCommits';
import { git, gitText } from './git';

jest.setTimeout(60_000);

const WHO = {
  GIT_AUTHOR_NAME: 'Ada',
  GIT_AUTHOR_EMAIL: 'ada@example.com',
  GIT_COMMITTER_NAME: 'Ada',
  GIT_COMMITTER_EMAIL: 'ada@example.com',
};
const rows = (n: number, word = 'row') =>
  Array.from({ length: n }, (_, i) => `${word} ${i}\n`).join('');

describe('compareCommits', () => {
  let home: string;
  let work: string;
  let repository: BareRepository;

  beforeAll(async () => {
    home = await fs.mkdtemp(path.join(os.tmpdir(), 'compare-'));
    work = path.join(home, 'work');
    await git(['init', '--quiet', '--initial-branch=main', work]);
    repository = new BareRepository('work', path.join(work, '.git'));
  });
  afterAll(() => fs.rm(home, { recursive: true, force: true }));

  /** The folder with these files and nothing else, as a commit. */
  const commit = async (
    message: string,
    files: Record<string, string | { link: string }>,
  ) => {
    for (const name of await fs.readdir(work))
      if (name !== '.git')
        await fs.rm(path.join(work, name), { recursive: true });
    for (const [name, content] of Object.entries(files)) {
      const at = path.join(work, name);
      await fs.mkdir(path.dirname(at), { recursive: true });
      if (typeof content === 'string') await fs.writeFile(at, content);
      else await fs.symlink(content.link, at);
    }
    await git(['add', '--all'], { cwd: work });
    await git(['commit', '-q', '--allow-empty', '-m', message], {
      cwd: work,
      env: WHO,
    });
    return gitText(['rev-parse', 'HEAD'], { cwd: work });
  };
  const diff = (from: string, to: string) =>
    compareCommits(repository, { from, to }, {});

  it('follows a file that moved, and keeps the lines of the files after it apart', async () => {
    const from = await commit('Before', {
      'a.py': rows(20),
      link: { link: 'a.py' },
      'z.py': 'x = 1\n',
    });
    const to = await commit('After', {
      'src/b.py': `${rows(20)}end\n`,
      link: 'no link any more\n',
      'z.py': 'x = 2\n',
    });
    const { files, truncated } = await diff(from, to);
    expect(truncated).toBe(false);
    expect(
      files.map(({ path: file, oldPath, status, additions, deletions }) => [
        file,
        oldPath,
        status,
        additions,
        deletions,
      ]),
    ).toEqual([
      ['link', undefined, 'changed', 1, 1],
      ['src/b.py', 'a.py', 'renamed', 1, 0],
      ['z.py', undefined, 'changed', 1, 1],
    ]);
    expect(files.map(f => f.hunks.flatMap(h => h.lines))).toEqual([
      ['-a.py', '+no link any more'],
      [' row 17', ' row 18', ' row 19', '+end'],
      ['-x = 1', '+x = 2'],
    ]);
  });

  it('tells the code that comes after a table of many rows', async () => {
    const from = await commit('Before', { 'src/train.py': 'x = 1\n' });
    const to = await commit('After', {
      'data/[a] *.csv': rows(DIFF_LIMITS.linesPerFile * 6),
      'src/train.py': 'x = 2\n',
    });
    const { files, truncated } = await diff(from, to);
    expect(truncated).toBe(true);
    expect(files).toMatchObject([
      {
        path: 'data/[a] *.csv',
        additions: DIFF_LIMITS.linesPerFile * 6,
        hunks: [],
        truncated: true,
      },
      {
        path: 'src/train.py',
        truncated: false,
        hunks: [{ lines: ['-x = 1', '+x = 2'] }],
      },
    ]);
  });

  it('stops reading a patch of endless lines, and names the files it did not reach', async () => {
    const from = await commit('Before', { 'z.py': 'x = 1\n' });
    const long = `${'x'.repeat(5_000_000)}\n`;
    const to = await commit('After', {
      'a.js': long,
      'b.js': long.replaceAll('x', 'y'),
      'z.py': 'x = 2\n',
    });
    const { files } = await diff(from, to);
    expect(files.map(f => [f.path, f.truncated, f.hunks.length])).toEqual([
      ['a.js', true, 1],
      ['b.js', true, 0],
      ['z.py', true, 0],
    ]);
    expect(files[0].hunks[0].lines[0].length).toBeLessThan(1000);
  });

  it('runs no program that the repository or its settings name', async () => {
    const seen = path.join(home, 'seen');
    const { gitDir } = repository;
    const touch = `touch ${seen}; cat`;
    await git(['config', 'diff.spy.textconv', touch], { gitDir });
    await git(['config', 'diff.spy.command', touch], { gitDir });
    const attributes = { '.gitattributes': '*.txt diff=spy\n' };
    const from = await commit('Before', { ...attributes, 'a.txt': 'one\n' });
    const to = await commit('After', { ...attributes, 'a.txt': 'two\n' });
    expect((await diff(from, to)).files[0].hunks[0].lines).toEqual([
      '-one',
      '+two',
    ]);
    await expect(fs.access(seen)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('says more commits lie between than it names', async () => {
    const first = await commit('First', {});
    let last = first;
    for (let i = 0; i <= DIFF_LIMITS.commits; i++)
      last = await gitText(
        ['commit-tree', `${last}^{tree}`, '-p', last, '-m', `Commit ${i}`],
        { gitDir: repository.gitDir, env: WHO },
      );
    const { commits, truncated } = await diff(first, last);
    expect(commits).toHaveLength(DIFF_LIMITS.commits);
    expect(commits[0]).toMatchObject({
      commit: last,
      message: `Commit ${DIFF_LIMITS.commits}`,
      author: 'Ada',
    });
    expect(truncated).toBe(true);
  });
});

import { spawnSync } from 'node:child_process';
import { promises as fs } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { entryPoint } from '../entryPoint';

jest.setTimeout(60_000);

describe('the executor’s copy program', () => {
  let folder: string;
  const write = async (file: string, text = file) => {
    const full = path.join(folder, file);
    await fs.mkdir(path.dirname(full), { recursive: true });
    await fs.writeFile(full, text);
  };
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [...entryPoint('ci-copy'), ...args], {
      cwd: folder,
      encoding: 'utf8',
    });
  const tree = async (where: string) =>
    (await fs.readdir(path.join(folder, where), { recursive: true })).sort();

  beforeEach(async () => {
    folder = await fs.mkdtemp(path.join(os.tmpdir(), 'copy-'));
  });
  afterEach(() => fs.rm(folder, { recursive: true, force: true }));

  it('copies a checkout into a job’s folder inside of it, without what is left out', async () => {
    await write('src/a.py');
    await write('untracked/x');
    await write('.git/lfs/big');
    await write('.git/config');
    await write('.gitlab-ci-local/builds/job/old');
    await write('ignores', '/untracked/\n');
    const { status } = run(
      '-a',
      '--delete-excluded',
      '--delete',
      '--exclude-from=ignores',
      '--exclude',
      '.git/lfs',
      '--exclude',
      '.gitlab-ci-local/',
      './',
      '.gitlab-ci-local/builds/job/',
    );
    expect(status).toBe(0);
    expect(await tree('.gitlab-ci-local/builds/job')).toEqual([
      '.git',
      '.git/config',
      'ignores',
      // Kept: a job that has run may have made it.
      'old',
      'src',
      'src/a.py',
    ]);
  });

  it('copies the content of a folder, with modes, times and links', async () => {
    await write('from/run.sh');
    await fs.chmod(path.join(folder, 'from/run.sh'), 0o755);
    await fs.utimes(path.join(folder, 'from/run.sh'), 1000, 1000);
    await fs.symlink('run.sh', path.join(folder, 'from/link'));
    expect(run('-a', 'from/.', 'to').status).toBe(0);
    const stats = await fs.stat(path.join(folder, 'to/run.sh'));
    expect(stats.mode % 0o1000).toBe(0o755);
    expect(stats.mtimeMs).toBe(1_000_000);
    expect(await fs.readlink(path.join(folder, 'to/link'))).toBe('run.sh');
  });

  it('replaces what changed', async () => {
    await write('from/a', 'new');
    await write('to/a', 'old and longer');
    expect(run('-a', 'from/.', 'to').status).toBe(0);
    expect(await fs.readFile(path.join(folder, 'to/a'), 'utf8')).toBe('new');
  });

  it('copies listed paths with their folders', async () => {
    await write('out/model/model.onnx');
    await write('out/model/skip.tmp');
    await write('.gitlab-ci-local/state');
    await write('list', './out\n./report.xml\n./.gitlab-ci-local\n');
    await write('report.xml');
    const { status } = run(
      '--exclude',
      '.gitlab-ci-local/**',
      '-rRa',
      '--exclude',
      '*.tmp',
      '--files-from=list',
      '.',
      'artifacts/.',
    );
    expect(status).toBe(0);
    expect(await tree('artifacts')).toEqual([
      '.gitlab-ci-local',
      'out',
      'out/model',
      'out/model/model.onnx',
      'report.xml',
    ]);
  });

  it('copies paths with their folders, and says 23 when one is missing', async () => {
    await write('a/b.env');
    const { status, stderr } = run('-Ra', './a/b.env', './none', 'to/.');
    expect(status).toBe(23);
    expect(stderr).toContain('none');
    expect(await tree('to')).toEqual(['a', 'a/b.env']);
  });

  it('does not copy from outside', async () => {
    const { status, stderr } = run('-Ra', '../../etc/passwd', 'to/.');
    expect(status).toBe(23);
    expect(stderr).toContain('lies outside');
  });

  it('refuses options that it does not know', async () => {
    const { status, stderr } = run('-az', 'a', 'b');
    expect(status).toBe(1);
    expect(stderr).toContain('-az');
  });

  it.each([
    ['*.py', 'deep/a.py', true],
    ['/deep', 'deep', true],
    ['/a.py', 'deep/a.py', false],
    ['deep/a.py', 'x/deep/a.py', true],
    ['a.p', 'deep/a.py', false],
    ['d?ep/', 'deep', true],
    ['[de]*', 'deep', true],
    ['**/a.py', 'deep/a.py', true],
  ])('pattern %s against %s: left out %s', async (pattern, file, leftOut) => {
    await write('from/deep/a.py');
    await write('from/x/deep/a.py');
    run('-a', '--exclude', pattern, 'from/.', 'to');
    const there = (await tree('to')).includes(file);
    expect(there).toBe(!leftOut);
  });
});

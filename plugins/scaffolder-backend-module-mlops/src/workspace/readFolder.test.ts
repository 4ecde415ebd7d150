import { chmod, symlink } from 'node:fs/promises';
import { createMockDirectory } from '@backstage/backend-test-utils';
import { readFolder } from './readFolder';

describe('readFolder', () => {
  const workspace = createMockDirectory();
  beforeEach(() => workspace.clear());

  it('reads text of every folder, sorted, with names in any script, and leaves .git out', async () => {
    workspace.setContent({
      out: {
        '.gitlab-ci.yml': 'test: {}\n',
        src: { 'b.py': 'b = "سلام"\n', 'a.py': '' },
        '.git': { config: 'no' },
      },
      elsewhere: 'no',
    });

    expect(await readFolder(workspace.path, 'out')).toEqual([
      { path: '.gitlab-ci.yml', content: 'test: {}\n', executable: false },
      { path: 'src/a.py', content: '', executable: false },
      { path: 'src/b.py', content: 'b = "سلام"\n', executable: false },
    ]);
  });

  it('keeps that a file can be executed', async () => {
    workspace.setContent({ 'run.sh': '#!/bin/sh\n' });
    await chmod(workspace.resolve('run.sh'), 0o755);

    const [file] = await readFolder(workspace.path, '.');
    expect(file.executable).toBe(true);
  });

  it('refuses a file that is not text, by name', async () => {
    workspace.setContent({ 'logo.png': Buffer.from([0x89, 0x50, 0xff, 0xfe]) });

    await expect(readFolder(workspace.path, '.')).rejects.toThrow(
      /logo\.png is not text in UTF-8/,
    );
  });

  it('refuses a link, which could point out of the workspace', async () => {
    workspace.setContent({ 'a.txt': '' });
    await symlink('/etc/hostname', workspace.resolve('out.txt'));

    await expect(readFolder(workspace.path, '.')).rejects.toThrow(
      /out\.txt is neither a file nor a folder/,
    );
  });

  it('refuses a folder outside the workspace and one without files', async () => {
    workspace.setContent({ empty: {} });

    await expect(readFolder(workspace.path, '../..')).rejects.toThrow();
    await expect(readFolder(workspace.path, 'empty')).rejects.toThrow(
      /has no files/,
    );
    await expect(readFolder(workspace.path, 'gone')).rejects.toThrow(
      /has no files .* create the problem anew/,
    );
  });
});

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RunFolder } from './RunFolder';

describe('RunFolder', () => {
  let home: string;
  let folder: RunFolder;

  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'run-folder-'));
    folder = RunFolder.of(home, 'run');
    await mkdir(join(folder.path, 'logs'), { recursive: true });
  });

  afterEach(async () => {
    await rm(home, { recursive: true, force: true });
  });

  it('keeps the first outcome', async () => {
    const outcome = { state: 'stopped' as const, finishedAt: 'now' };
    expect(await folder.settle(outcome)).toEqual(outcome);
    expect(await folder.settle({ ...outcome, state: 'failed' })).toEqual(
      outcome,
    );
  });

  it('says the outcome even where it cannot be written down', async () => {
    await rm(folder.path, { recursive: true });
    const outcome = { state: 'failed' as const, finishedAt: 'now' };
    expect(await folder.settle(outcome)).toEqual(outcome);
  });

  it('cuts a log between characters, whatever their length', async () => {
    const chunk = 256 * 1024;
    for (const [text, cut] of [
      ['é', 1],
      ['پ', 1],
      ['€', 2],
      ['😀', 3],
    ] as const) {
      const whole = `${'x'.repeat(chunk - cut)}${text}end`;
      await writeFile(join(folder.path, 'logs', 'a.b.log'), whole);
      const first = await folder.log('a/b', 0, true);
      expect(first.nextOffset).toBe(chunk - cut);
      expect(first.complete).toBe(false);
      const rest = await folder.log('a/b', first.nextOffset, true);
      expect(rest).toEqual({
        text: `${text}end`,
        nextOffset: Buffer.byteLength(whole),
        complete: true,
      });
    }
  });

  it('gives an empty part where there is no log yet', async () => {
    expect(await folder.log('a', 0, false)).toEqual({
      text: '',
      nextOffset: 0,
      complete: false,
    });
  });
});

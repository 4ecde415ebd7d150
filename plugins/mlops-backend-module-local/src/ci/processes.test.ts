import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { randomUUID } from 'node:crypto';
import {
  endMarked,
  findMarked,
  isAlive,
  markedProcesses,
  startTimeOf,
} from './processes';
import { MARK_VARIABLE } from './records';

jest.setTimeout(60_000);

async function start(script: string, mark: string): Promise<number> {
  const child = spawn('bash', ['-c', script, 'marker-file'], {
    env: { PATH: process.env.PATH, [MARK_VARIABLE]: mark },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await once(child.stdout, 'data');
  return child.pid!;
}

describe('processes of a run', () => {
  it('are told from later ones with the same number', async () => {
    const startedAt = (await startTimeOf(process.pid))!;
    expect(await isAlive({ pid: process.pid, startedAt })).toBe(true);
    expect(await isAlive({ pid: process.pid, startedAt: '1' })).toBe(false);
    expect(await isAlive({ pid: 2 ** 22 + 1, startedAt })).toBe(false);
  });

  it('are found by their mark, also when they left their group and parent', async () => {
    const mark = randomUUID();
    const pid = await start('setsid sleep 300 & echo up; wait', mark);
    expect(await markedProcesses(mark)).toHaveLength(2);
    expect((await findMarked(mark, 'marker-file'))?.pid).toBe(pid);
    expect(await findMarked(mark, 'other-file')).toBeUndefined();
    expect(await endMarked(mark)).toBe(true);
    expect(await markedProcesses(mark)).toEqual([]);
  });

  it('are ended by force when they do not listen', async () => {
    const mark = randomUUID();
    await start(`trap '' TERM; echo up; while :; do sleep 0.1; done`, mark);
    expect(await endMarked(mark)).toBe(true);
    expect(await markedProcesses(mark)).toEqual([]);
  });

  it('are spared if they are the exception', async () => {
    const mark = randomUUID();
    const pid = await start('echo up; sleep 300', mark);
    await endMarked(mark, pid);
    expect(await markedProcesses(mark)).toContain(pid);
    await endMarked(mark);
  });
});

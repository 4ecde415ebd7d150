import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { endMarked, findMarked, Mark, markedProcesses } from './marked';

jest.setTimeout(60_000);

const ENDING = { graceMs: 1000, withinMs: 20_000 };

function newMark(): Mark {
  return { variable: 'MARK_OF_A_TEST', value: randomUUID() };
}

async function start(script: string, { variable, value }: Mark) {
  const child = spawn('bash', ['-c', script, 'marker-file'], {
    env: { PATH: process.env.PATH, [variable]: value },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await once(child.stdout, 'data');
  return child.pid!;
}

describe('marked processes', () => {
  it('are found when they have left their group and parent', async () => {
    const mark = newMark();
    const pid = await start('setsid sleep 300 & echo up; wait', mark);
    expect(await markedProcesses(mark)).toHaveLength(2);
    expect((await findMarked(mark, 'marker-file'))?.pid).toBe(pid);
    expect(await findMarked(mark, 'other-file')).toBeUndefined();
    expect(await endMarked(mark, ENDING)).toEqual([]);
    expect(await markedProcesses(mark)).toEqual([]);
  });

  it('are found with children that have another environment', async () => {
    const mark = newMark();
    await start('env -i sleep 300 & echo up; wait', mark);
    for (const end = Date.now() + 10_000; Date.now() < end; ) {
      if ((await markedProcesses(mark)).length === 2) break;
    }
    expect(await markedProcesses(mark)).toHaveLength(2);
    expect(await endMarked(mark, ENDING)).toEqual([]);
  });

  it('are not taken for those of a mark that begins alike', async () => {
    const mark = newMark();
    await start('echo up; sleep 300', { ...mark, value: `${mark.value}-2` });
    expect(await markedProcesses(mark)).toEqual([]);
    await endMarked({ ...mark, value: `${mark.value}-2` }, ENDING);
  });

  it('are ended by force when they do not listen', async () => {
    const mark = newMark();
    await start(`trap '' TERM; echo up; while :; do sleep 0.1; done`, mark);
    expect(await endMarked(mark, ENDING)).toEqual([]);
    expect(await markedProcesses(mark)).toEqual([]);
  });

  it('are told by their numbers when the time was too short to end them', async () => {
    const mark = newMark();
    const pid = await start(
      `trap '' TERM; echo up; while :; do sleep 0.1; done`,
      mark,
    );
    const left = await endMarked(mark, { graceMs: 60_000, withinMs: 200 });
    expect(left).toContain(pid);
    await endMarked(mark, ENDING);
  });

  it('are spared if they are the exception', async () => {
    const mark = newMark();
    const pid = await start('echo up; exec sleep 300', mark);
    expect(await endMarked(mark, { ...ENDING, except: pid })).toEqual([]);
    expect(await markedProcesses(mark)).toEqual([pid]);
    await endMarked(mark, ENDING);
  });
});

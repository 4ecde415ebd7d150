import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { endProcess, identify, isAlive, signalGroup } from './processIdentity';

describe('processIdentity', () => {
  const children: ChildProcess[] = [];
  const start = async (program: string) => {
    const child = spawn(process.execPath, ['-e', program], {
      detached: true,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    children.push(child);
    const [said] = await once(child.stdout!, 'data');
    return { child, identity: identify(child.pid!)!, said: String(said) };
  };
  const READY = 'console.log(1); setInterval(() => {}, 1000);';

  afterEach(() => {
    children.splice(0).forEach(child => child.kill('SIGKILL'));
  });

  it('knows a process from another one with the same id', async () => {
    const { identity } = await start(READY);
    expect(isAlive(identity)).toBe(true);
    expect(isAlive({ ...identity, startTime: '1' })).toBe(false);
    expect(identify(2 ** 22 + 1)).toBeUndefined();
  });

  it('leaves a process alone that is not the one that was meant', async () => {
    const { identity } = await start(READY);
    signalGroup({ ...identity, startTime: '1' }, 'SIGKILL');
    await endProcess({ ...identity, startTime: '1' }, 0);
    expect(isAlive(identity)).toBe(true);
  });

  it('ends a process politely', async () => {
    const { child, identity } = await start(
      `process.on('SIGTERM', () => process.exit(7)); ${READY}`,
    );
    const exited = once(child, 'exit');
    await endProcess(identity, 10_000);
    expect(await exited).toEqual([7, null]);
    expect(isAlive(identity)).toBe(false);
  });

  it('ends by force what does not listen, with what it started', async () => {
    const { child, identity, said } = await start(
      `process.on('SIGTERM', () => {});
       const c = require('child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
       c.on('spawn', () => console.log(c.pid));
       setInterval(() => {}, 1000);`,
    );
    const grandchild = identify(Number(said))!;
    const exited = once(child, 'exit');
    await endProcess(identity, 100);
    expect(await exited).toEqual([null, 'SIGKILL']);
    const until = Date.now() + 10_000;
    while (isAlive(grandchild) && Date.now() < until) {
      await wait(20);
    }
    expect(isAlive(grandchild)).toBe(false);
  });
});

import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { endProcess, identify, isAlive, send, signalGroup } from './identity';

jest.setTimeout(60_000);

const NOBODY = 2 ** 22 + 1;
const READY = 'console.log(1); setInterval(() => {}, 1000);';

describe('the identity of a process', () => {
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

  afterEach(() => {
    children.splice(0).forEach(child => child.kill('SIGKILL'));
  });

  it('tells it from a later one with the same number', async () => {
    const { identity } = await start(READY);
    expect(isAlive(identity)).toBe(true);
    expect(isAlive({ ...identity, startTicks: 1 })).toBe(false);
  });

  it('tells it from one of before the machine was started again', async () => {
    const { identity } = await start(READY);
    expect(isAlive({ ...identity, bootId: 'an earlier start' })).toBe(false);
  });

  it('is none where there is no process, or only what waits to be reaped', async () => {
    expect(identify(NOBODY)).toBeUndefined();
    expect(send(NOBODY, 'SIGTERM')).toBe(false);
    // The shell starts a child that ends when the shell has long been replaced by sleep, which never reaps it.
    const parent = spawn('sh', ['-c', 'sleep 1 & echo $!; exec sleep 60'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    children.push(parent);
    const [said] = await once(parent.stdout!, 'data');
    const zombie = Number(said);
    for (
      const end = Date.now() + 10_000;
      identify(zombie) && Date.now() < end;

    ) {
      await sleep(20);
    }
    expect(send(zombie, 'SIGTERM')).toBe(true);
    expect(identify(zombie)).toBeUndefined();
  });

  it('protects a process that is not the one that was meant', async () => {
    const { identity } = await start(READY);
    signalGroup({ ...identity, startTicks: 1 }, 'SIGKILL');
    await endProcess({ ...identity, startTicks: 1 }, 0);
    expect(isAlive(identity)).toBe(true);
  });
});

describe('the end of a process', () => {
  const start = async (program: string) => {
    const child = spawn(process.execPath, ['-e', program], {
      detached: true,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [said] = await once(child.stdout!, 'data');
    return { child, identity: identify(child.pid!)!, said: String(said) };
  };

  it('is polite first', async () => {
    const { child, identity } = await start(
      `process.on('SIGTERM', () => process.exit(7)); ${READY}`,
    );
    const exited = once(child, 'exit');
    await endProcess(identity, 10_000);
    expect(await exited).toEqual([7, null]);
    expect(isAlive(identity)).toBe(false);
  });

  it('comes by force to what does not listen, and to what it started', async () => {
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
    for (
      const end = Date.now() + 10_000;
      isAlive(grandchild) && Date.now() < end;

    ) {
      await sleep(20);
    }
    expect(isAlive(grandchild)).toBe(false);
  });
});

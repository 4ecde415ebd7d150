import {
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Receiver } from '../serving/__testUtils__/receiver';
import { until } from '../serving/__testUtils__/until';
import { Forwarder } from './forwarder';
import { predictionEvents } from './payloadEvents';
import { Spool } from './spool';

jest.setTimeout(60_000);

describe('Forwarder', () => {
  let folder: string;
  let receiver: Receiver;
  let spool: Spool;
  let forwarder: Forwarder;
  let token: string | undefined;
  const logged: string[] = [];

  const predict = (id: string) =>
    spool.append(
      predictionEvents({
        id,
        endpoint: 'late',
        revision: 'r1',
        modelVersion: '1',
        headers: {},
        request: '{}',
        response: '{}',
        requestedAt: new Date(),
        answeredAt: new Date(),
      }),
    );
  const predictMany = async (count: number) => {
    for (let i = 0; i < count; i++) {
      await predict(`p${i}`);
    }
  };
  const openSpool = () =>
    Spool.open({
      folder: join(folder, 'spool'),
      maxBytes: 1e9,
      onDropped: () => {},
      onError: () => {},
    });
  const empty = () => until(() => spool.bytes === 0, 'the spool is empty');
  const start = () => {
    forwarder = new Forwarder({
      spool,
      target: () =>
        token === undefined
          ? undefined
          : { url: `${receiver.url}/api/mlops/serving/events`, token },
      rejectedPath: join(folder, 'rejected'),
      maxBatchEvents: 50,
      maxBatchBytes: 100_000,
      intervalMs: 20,
      maxDelayMs: 100,
      log: message => logged.push(message),
    });
    forwarder.start();
  };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'forwarder-'));
    receiver = await Receiver.make();
    spool = await openSpool();
    token = 'one';
    logged.length = 0;
  });

  afterEach(async () => {
    await forwarder?.stop();
    await spool.close();
    await receiver.down();
    await rm(folder, { recursive: true, force: true });
  });

  it('brings everything in batches and leaves no file', async () => {
    await predictMany(120);
    await receiver.up();
    start();
    await empty();
    expect(receiver.pairs).toHaveLength(120);
    expect(receiver.largest).toBe(50);
    expect(forwarder.status).toEqual({ delivered: 240, rejected: 0 });
    expect(await readdir(join(folder, 'spool'))).toEqual([]);
  });

  it('waits for a hub that is away, says so once, and for a token', async () => {
    token = undefined;
    await predictMany(3);
    start();
    await receiver.up();
    await until(() => spool.bytes > 0, 'it waits');
    expect(receiver.events.size).toBe(0);
    await receiver.down();
    token = 'two';
    await until(() => forwarder.status.lastError !== undefined, 'an error');
    expect(forwarder.status.lastError).toMatch(/does not answer/);
    await receiver.up();
    await empty();
    expect(receiver.pairs).toHaveLength(3);
    expect(
      logged.filter(line => line.includes('does not answer')),
    ).toHaveLength(1);
    expect(forwarder.status.lastError).toBeUndefined();
  });

  it.each([401, 403, 404, 429, 500, 503])(
    'keeps everything while the hub answers %d',
    async status => {
      receiver.refuseWith = status;
      await receiver.up();
      await predictMany(4);
      start();
      await until(() => forwarder.status.lastError, 'an error');
      expect(forwarder.status.lastError).toContain(String(status));
      receiver.refuseWith = undefined;
      await empty();
      expect(receiver.pairs).toHaveLength(4);
      expect(forwarder.status.rejected).toBe(0);
    },
  );

  it.each([400, 413, 422])(
    'puts aside single events for which the hub answers %d',
    async status => {
      receiver.poisonStatus = status;
      receiver.poison.add('p5');
      await receiver.up();
      await predictMany(20);
      start();
      await empty();
      expect(receiver.pairs).toHaveLength(19);
      const lines = (await readFile(join(folder, 'rejected'), 'utf8'))
        .split('\n')
        .filter(Boolean);
      expect(lines.map(line => JSON.parse(JSON.parse(line).event).id)).toEqual([
        'p5',
        'p5',
      ]);
      expect(JSON.parse(lines[0]).reason).toContain(String(status));
    },
  );

  it('does not hold up the others where it cannot put aside what the hub refused', async () => {
    await mkdir(join(folder, 'rejected'));
    receiver.disliked.add('p1');
    await receiver.up();
    await predictMany(3);
    start();
    await empty();
    expect(receiver.pairs).toHaveLength(2);
    expect(forwarder.status).toEqual({ delivered: 4, rejected: 2 });
    expect(logged.join()).toContain('disliked');
  });

  it('drops a line that was torn when the power went', async () => {
    await predictMany(2);
    await spool.close();
    const [name] = await readdir(join(folder, 'spool'));
    const path = join(folder, 'spool', name);
    const whole = await readFile(path, 'utf8');
    await writeFile(path, whole + whole.slice(0, 40));
    spool = await openSpool();
    await receiver.up();
    start();
    await empty();
    expect(receiver.pairs).toHaveLength(2);
    expect(receiver.events.size).toBe(4);
  });
});

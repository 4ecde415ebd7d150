import fs from 'node:fs';
import { appendFile, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { predictionEvents } from './payloadEvents';
import { Spool } from './spool';

describe('Spool', () => {
  let folder: string;
  const dropped: Array<{ revision: string }> = [];
  const errors: string[] = [];
  const open = (maxBytes = 1e9) =>
    Spool.open({
      folder,
      maxBytes,
      onDropped: event => dropped.push(event),
      onError: message => errors.push(message),
    });
  const events = (id: string, padding = 0) =>
    predictionEvents({
      id,
      endpoint: 'late',
      revision: 'r1',
      modelVersion: '1',
      headers: {},
      request: JSON.stringify({ padding: 'x'.repeat(padding) }),
      response: '{}',
      requestedAt: new Date(),
      answeredAt: new Date(),
    });
  const textOf = async (spool: Spool) => {
    const texts = [];
    for (const segment of await spool.pending()) {
      texts.push(await spool.read(segment));
      spool.release();
    }
    return texts.join('');
  };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'spool-'));
    dropped.length = 0;
    errors.length = 0;
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('gives back what was appended, in order, also to the next process', async () => {
    const spool = await open();
    const texts = Array.from({ length: 200 }, (_, i) => events(`p${i}`));
    const kept = await Promise.all(texts.map(text => spool.append(text)));
    expect(kept.every(Boolean)).toBe(true);
    await spool.close();
    const next = await open();
    expect(await textOf(next)).toBe(texts.join(''));
    expect(next.bytes).toBe(Buffer.byteLength(texts.join('')));
  });

  it('has written what it says is kept, before anything is closed', async () => {
    const spool = await open();
    await spool.append(events('p1'));
    const other = await open();
    expect(await textOf(other)).toContain('"id":"p1"');
    await spool.close();
  });

  it('begins a new file every few megabytes and forgets those that are removed', async () => {
    const spool = await open();
    for (let i = 0; i < 6; i++) {
      await spool.append(events(`p${i}`, 2_000_000));
    }
    let segments = await spool.pending();
    expect(segments).toHaveLength(1);
    await spool.close();
    segments = await spool.pending();
    expect(segments).toHaveLength(2);
    for (const segment of segments) {
      await spool.remove(segment);
    }
    expect(spool.bytes).toBe(0);
    expect(await readdir(folder)).toEqual([]);
  });

  it('drops the oldest when it is full and tells whose they were', async () => {
    const spool = await open(10_000);
    for (let i = 0; i < 40; i++) {
      expect(await spool.append(events(`p${i}`, 200))).toBe(true);
    }
    expect(spool.bytes).toBeLessThanOrEqual(10_000);
    const text = await textOf(spool);
    expect(text).toContain('"id":"p39"');
    expect(text).not.toContain('"id":"p0"');
    const left = text.split('\n').filter(Boolean).length;
    expect(spool.droppedEvents).toBe(80 - left);
    expect(dropped).toHaveLength((80 - left) / 2);
    expect(dropped[0]).toMatchObject({ endpoint: 'late', revision: 'r1' });
    await spool.close();
  });

  it('does not keep what alone is larger than it may be', async () => {
    const spool = await open(1_000);
    expect(await spool.append(events('huge', 5_000))).toBe(false);
    expect(await spool.append(events('small'))).toBe(true);
    await spool.close();
  });

  it('does not drop what is being read', async () => {
    const spool = await open(3_000);
    await spool.append(events('read', 200));
    const [segment] = await spool.pending();
    await spool.read(segment);
    for (let i = 0; i < 10; i++) {
      await spool.append(events(`p${i}`, 200));
    }
    expect(await spool.read(segment)).toContain('"id":"read"');
    await spool.close();
  });

  it('says that nothing is kept when its folder cannot be written, and goes on later', async () => {
    const spool = await open();
    await rm(folder, { recursive: true });
    expect(await spool.append(events('p1'))).toBe(false);
    expect(errors).toEqual(['Cannot keep captured predictions']);
    const again = await open();
    expect(await again.append(events('p2'))).toBe(true);
    await again.close();
    expect(await spool.append(events('p3'))).toBe(true);
    await spool.close();
  });

  it('makes no file per prediction on a full disk, and goes on in the same one when there is room', async () => {
    const spool = await open();
    await spool.append(events('p1'));
    const fullDisk = jest.spyOn(fs, 'writeSync').mockImplementation(() => {
      throw Object.assign(new Error('no space left'), { code: 'ENOSPC' });
    });
    for (let i = 0; i < 5; i++) {
      expect(await spool.append(events(`lost${i}`))).toBe(false);
    }
    fullDisk.mockRestore();
    expect(await spool.append(events('p2'))).toBe(true);
    expect(await readdir(folder)).toHaveLength(1);
    const ids = (await textOf(spool)).match(/"id":"[^"]*"/g);
    expect(ids).toEqual(['p1', 'p1', 'p2', 'p2'].map(id => `"id":"${id}"`));
    await spool.close();
  });

  it('leaves files alone that are not its own', async () => {
    await appendFile(join(folder, 'README'), 'mine');
    const spool = await open();
    expect(await spool.pending()).toEqual([]);
  });
});

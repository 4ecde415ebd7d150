import { CiStore } from '../ci/CiStore';
import { PipelineRecord } from '../ci/records';
import { CiDriver } from './__testUtils__/ciDriver';
import { startEngine, StartedEngine } from './__testUtils__/startEngine';

jest.setTimeout(120_000);

const FILES = { '.gitlab-ci.yml': 'one: { script: [echo one] }\n' };
const WAITS = {
  state: 'waiting',
  jobs: [],
  reason: expect.stringMatching(
    /disk of the data folder is full: CI begins by itself once there is space/,
  ),
};

describe('CI whose start a full disk refuses', () => {
  let started: StartedEngine;
  const ci = new CiDriver(() => started);
  const { write } = CiStore.prototype;
  let full: (record: PipelineRecord) => boolean;

  beforeEach(async () => {
    started = await startEngine();
    full = () => false;
    jest
      .spyOn(CiStore.prototype, 'write')
      .mockImplementation(async function written(this: CiStore, record) {
        if (full(record))
          throw Object.assign(new Error('no space left on device, write'), {
            code: 'ENOSPC',
          });
        await write.call(this, record);
      });
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await started.dispose();
  });

  it('begins by itself once there is space, once, and says what it waits for until then', async () => {
    full = () => true;
    const { name, headCommit } = await ci.create(FILES);
    const [waits, ...more] = await ci.list(name);
    expect(waits).toMatchObject({ ...WAITS, commit: headCommit });
    expect(more).toEqual([]);
    full = () => false;
    expect(await ci.ended(name)).toMatchObject({
      id: waits.id,
      state: 'succeeded',
      reason: undefined,
    });
    expect(await ci.list(name)).toHaveLength(1);
  });

  it('waits as well where the space ends while it is prepared', async () => {
    full = ({ phase }) => phase === 'preparing';
    const { name } = await ci.create(FILES);
    const waits = await ci.until(name, ({ reason }) => reason !== undefined);
    expect(waits).toMatchObject(WAITS);
    full = () => false;
    expect(await ci.ended(name)).toMatchObject({
      id: waits.id,
      state: 'succeeded',
    });
  });

  it('takes the next push as a push, and the same one not twice', async () => {
    full = () => true;
    const { name } = await ci.create(FILES);
    const commit = await ci.commitBehindThePortal(name, { 'a.txt': 'a' });
    await ci.noticePush(name);
    await ci.noticePush(name);
    const waiting = await ci.list(name);
    expect(waiting).toMatchObject([{ ...WAITS, commit }, WAITS]);
    full = () => false;
    await ci.until(
      name,
      each => each.commit === commit && each.state === 'succeeded',
    );
    const all = await ci.list(name);
    expect(all.map(({ id, state }) => [id, state])).toEqual(
      waiting.map(({ id }) => [id, 'succeeded']),
    );
  });

  it('can be stopped meanwhile, and goes on in the next portal otherwise', async () => {
    full = ({ phase }) => phase === 'preparing';
    const stopped = await ci.create(FILES);
    const goesOn = await ci.create(FILES);
    const waits = await ci.until(stopped.name, ({ reason }) => !!reason);
    await ci.until(goesOn.name, ({ reason }) => !!reason);
    expect(await started.engine.stopCi(stopped.name, waits.id)).toMatchObject({
      state: 'stopped',
      reason: 'stopped by hand',
    });
    full = () => false;
    await started.restart();
    expect(await ci.ended(goesOn.name)).toMatchObject({ state: 'succeeded' });
    expect(await ci.list(stopped.name)).toMatchObject([{ state: 'stopped' }]);
  });
});

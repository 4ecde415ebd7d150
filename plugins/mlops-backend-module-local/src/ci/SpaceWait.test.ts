import { PipelineRecord } from './records';
import { SpaceWait } from './SpaceWait';

const record = (id: string) =>
  ({ id, repository: 'flights' } as PipelineRecord);
const full = () =>
  Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });

describe('Waiting for space', () => {
  const tries: Array<{ id: string; at: number }> = [];
  const again = jest.fn<Promise<void>, [PipelineRecord]>();
  let space: SpaceWait;

  beforeEach(() => {
    jest.useFakeTimers({ now: 0 });
    tries.length = 0;
    again.mockReset().mockImplementation(async ({ id }) => {
      tries.push({ id, at: Date.now() / 1000 });
      throw full();
    });
    space = new SpaceWait(again);
  });
  afterEach(() => {
    space.close();
    jest.useRealTimers();
  });

  it('tries again by itself, less often with every refusal but at least every minute', async () => {
    space.add(record('1'));
    await jest.advanceTimersByTimeAsync(250_000);
    expect(tries.map(({ at }) => at)).toEqual([
      1, 3, 7, 15, 31, 63, 123, 183, 243,
    ]);
    expect(space.waiting.map(({ id }) => id)).toEqual(['1']);
  });

  it('tries them in the order of their pushes, and the later ones not before the first is not refused', async () => {
    for (const id of ['9', '11', '10']) space.add(record(id));
    expect(space.waiting.map(({ id }) => id)).toEqual(['11', '10', '9']);
    await jest.advanceTimersByTimeAsync(3500);
    expect(tries.map(({ id }) => id)).toEqual(['9', '9']);
    again.mockImplementation(async ({ id }) => {
      tries.push({ id, at: Date.now() / 1000 });
    });
    await jest.advanceTimersByTimeAsync(60_000);
    expect(tries.slice(2)).toEqual(
      ['9', '10', '11'].map(id => ({ id, at: 7 })),
    );
    expect(space.waiting).toEqual([]);
  });

  it('keeps its pace while space is too little to begin, and is quick again once something began', async () => {
    const one = record('1');
    again.mockResolvedValue(undefined);
    const tried = async (ms: number) => {
      again.mockClear();
      space.add(one);
      await jest.advanceTimersByTimeAsync(ms);
      return again.mock.calls.length;
    };
    expect(await tried(1000)).toBe(1);
    expect(await tried(1000)).toBe(0);
    expect(await tried(1000)).toBe(1);
    space.thereIsSpace();
    expect(await tried(1000)).toBe(1);
  });

  it('does not try what was forgotten, also if that was while it was tried', async () => {
    const [one, two] = [record('1'), record('2')];
    space.add(one);
    space.forget(one);
    space.add(two);
    again.mockImplementation(async () => {
      space.forget(two);
      throw full();
    });
    await jest.advanceTimersByTimeAsync(120_000);
    expect(again).toHaveBeenCalledTimes(1);
    expect(space.waiting).toEqual([]);
  });
});

import { eachDatabase } from '../database/__testUtils__/eachDatabase';
import { EffectStore } from './EffectStore';

jest.setTimeout(60_000);

const effect = { kind: 'make', key: 'key-1', request: { name: 'a' } };

describe('EffectStore', () => {
  eachDatabase(open => {
    it('acts once for one key and repeats the answer', async () => {
      const effects = new EffectStore(await open());
      const act = jest.fn(async () => ({ made: 1 }));
      expect(await effects.once(effect, act)).toEqual({ made: 1 });
      expect(await effects.once(effect, act)).toEqual({ made: 1 });
      expect(act).toHaveBeenCalledTimes(1);
    });

    it('lets twenty callers with one key wait for the one that acts', async () => {
      const knex = await open();
      let acts = 0;
      const callers = Array.from({ length: 20 }, () =>
        new EffectStore(knex).once(effect, async () => {
          acts += 1;
          return { made: acts };
        }),
      );
      const answers = await Promise.all(callers);
      expect(acts).toBe(1);
      expect(answers.every(answer => answer.made === 1)).toBe(true);
    });

    it('refuses a key that was used for another request', async () => {
      const effects = new EffectStore(await open());
      await effects.once(effect, async () => 1);
      const other = effects.once(
        { ...effect, request: { name: 'b' } },
        jest.fn(),
      );
      await expect(other).rejects.toMatchObject({
        name: 'ConflictError',
        message: expect.stringContaining('key-1'),
      });
    });

    it('is open again after an act that failed', async () => {
      const effects = new EffectStore(await open());
      const failing = effects.once(effect, async () => {
        throw new Error('no');
      });
      await expect(failing).rejects.toThrow('no');
      expect(await effects.once(effect, async () => 'yes')).toBe('yes');
    });

    it('fences an attempt whose lease ended: the one that took over keeps its answer', async () => {
      const effects = new EffectStore(await open());
      const short = { ...effect, leaseMs: 1 };
      let late: Promise<string> | undefined;
      const first = await new Promise<string>(resolve => {
        late = effects.once(short, async () => {
          resolve(await effects.once(short, async () => 'second'));
          return 'first';
        });
        late.catch(() => undefined);
      });
      expect(first).toBe('second');
      await expect(late).rejects.toMatchObject({ name: 'ConflictError' });
      expect(await effects.once(effect, async () => 'third')).toBe('second');
    });
  });
});

import { InferenceRequest } from '@mlops-portal/plugin-mlops-common';
import { DesiredRevision } from '../contracts';
import { itKeepsCommonPromises } from './commonPromises';
import {
  PATIENCE,
  ServingDriver,
  ServingEngineSubject,
} from './servingEngineDriver';

/** Behaviours that an engine may lack; the reason for a skip is printed. */
export type ServingBehaviour =
  | 'weighted-traffic'
  | 'ask-a-revision'
  | 'signature'
  | 'digest'
  | 'log';

const NAME = 'conformance';

/** One suite for every serving engine; it knows nothing but the contract. */
export function describeServingEngineConformance(
  name: string,
  make: () => Promise<ServingEngineSubject>,
  skips: Partial<Record<ServingBehaviour, string>> = {},
) {
  describe(`${name} keeps the contract of a serving engine`, () => {
    let subject: ServingEngineSubject;
    let driver: ServingDriver;
    const options = { signal: new AbortController().signal };

    const it1 = (title: string, body: () => Promise<void>) =>
      it(title, body, PATIENCE);
    const behaves = (
      behaviour: ServingBehaviour,
      title: string,
      body: () => Promise<void>,
    ) => {
      const reason = skips[behaviour];
      if (reason) {
        it.skip(`${title} (skipped: ${reason})`, () => {});
      } else {
        it1(title, body);
      }
    };

    const apply = (revisions: DesiredRevision[], percents: number[]) =>
      driver.apply(revisions, percents);
    const answering = (...percents: number[]) => driver.answering(percents);
    const ask = (revisionId?: string) => driver.ask(revisionId);
    const outputsOf = async (revisionId?: string) =>
      JSON.stringify((await ask(revisionId)).outputs);
    const versionOf = async () => (await ask()).model_version;
    const changed = (change: (request: InferenceRequest) => void) => {
      const request: InferenceRequest = JSON.parse(
        JSON.stringify(subject.fixture.request),
      );
      change(request);
      return subject.engine.infer({ name: NAME }, request, options);
    };

    beforeAll(async () => {
      subject = await make();
      driver = new ServingDriver(subject, NAME);
    }, PATIENCE);

    afterAll(async () => {
      await subject?.dispose?.();
    }, PATIENCE);

    itKeepsCommonPromises({
      engine: () => subject.engine,
      capabilities: {
        weightedTraffic: ['weighted-traffic'],
        payloadLogging: [],
        survivesRestart: [],
        rollback: [],
      },
      skips,
      strangers: () => driver.strangers(),
      forgiving: ['remove'],
    });

    it1('answers nobody while no revision has a share', async () => {
      const [first] = subject.fixture.revisions;
      await apply([first], []);
      await driver.until(({ revisions }) =>
        revisions.some(({ state }) => state === 'answering'),
      );
      await expect(ask()).rejects.toThrow();
      expect((await ask(first.id)).model_version).toBe(first.version);
    });

    it1('serves what was applied, at a stable URL', async () => {
      const [first] = subject.fixture.revisions;
      const { generation } = await apply([first], [100]);
      const status = await answering(100);
      expect(status).toMatchObject({
        name: NAME,
        state: 'answering',
        generation,
      });
      expect(new URL(status.url).pathname).toBe(`/v2/models/${NAME}/infer`);
      const answer = await ask();
      expect(answer.model_name).toBe(NAME);
      expect(answer.model_version).toBe(first.version);
      expect(answer.id).toEqual(expect.any(String));
      expect(answer.outputs.length).toBeGreaterThan(0);
    });

    it1('answers with the id of the request', async () => {
      const answer = await changed(request => {
        request.id = 'asked-by-me';
      });
      expect(answer.id).toBe('asked-by-me');
    });

    it1(
      'takes the same state twice and refuses an older or another one under its generation',
      async () => {
        const [first] = subject.fixture.revisions;
        const endpoint = await apply([first], [100]);
        await subject.engine.apply(endpoint, options);
        const conflict = { name: 'ConflictError' };
        await expect(
          subject.engine.apply(
            { ...endpoint, generation: endpoint.generation - 1 },
            options,
          ),
        ).rejects.toMatchObject(conflict);
        await expect(
          subject.engine.apply(
            { ...endpoint, revisions: [{ ...first, version: '99' }] },
            options,
          ),
        ).rejects.toMatchObject(conflict);
        await expect(
          subject.engine.apply(
            {
              ...endpoint,
              generation: endpoint.generation + 1,
              traffic: [{ revisionId: first.id, percent: 70 }],
            },
            options,
          ),
        ).rejects.toMatchObject({ name: 'InputError' });
        expect(await versionOf()).toBe(first.version);
      },
    );

    behaves(
      'signature',
      'refuses a wrong request and names the field',
      async () => {
        const [input] = subject.fixture.request.inputs;
        const wrong: Array<[string, (request: InferenceRequest) => void]> = [
          [input.name, request => request.inputs.shift()],
          ['not_a_column', r => void (r.inputs[0].name = 'not_a_column')],
          [input.name, request => request.inputs.push(request.inputs[0])],
          [input.name, request => void (request.inputs[0].datatype = 'BYTES')],
          [input.name, request => void (request.inputs[0].shape = [1, 2])],
          [input.name, request => void (request.inputs[0].data = [1, 2])],
          [input.name, request => void (request.inputs[0].data = ['much'])],
        ];
        for (const [field, change] of wrong) {
          await expect(changed(change)).rejects.toMatchObject({
            name: 'InputError',
            message: expect.stringContaining(field),
          });
        }
      },
    );

    it1('takes null as a missing value', async () => {
      const answer = await changed(request => {
        request.inputs[0].data = [null];
      });
      expect(answer.outputs.length).toBeGreaterThan(0);
    });

    behaves(
      'ask-a-revision',
      'keeps a revision without a share ready to be asked',
      async () => {
        const { revisions } = subject.fixture;
        await apply(revisions, [100, 0]);
        await answering(100, 0);
        const [first, second] = await Promise.all(
          revisions.map(revision => outputsOf(revision.id)),
        );
        expect(first).not.toBe(second);
        for (let i = 0; i < 20; i++) {
          expect(await outputsOf()).toBe(first);
        }
      },
    );

    behaves('weighted-traffic', 'splits traffic near the weights', async () => {
      const { revisions } = subject.fixture;
      await apply(revisions, [80, 20]);
      await answering(80, 20);
      let second = 0;
      for (let i = 0; i < 400; i++) {
        if ((await versionOf()) === revisions[1].version) {
          second += 1;
        }
      }
      // Four standard deviations around 80 of 400.
      expect(second).toBeGreaterThan(48);
      expect(second).toBeLessThan(112);
    });

    it1('moves all traffic back at once', async () => {
      const { revisions } = subject.fixture;
      await apply(revisions, [0, 100]);
      await answering(0, 100);
      expect(await versionOf()).toBe(revisions[1].version);
      await apply(revisions, [100, 0]);
      await answering(100, 0);
      for (let i = 0; i < 20; i++) {
        expect(await versionOf()).toBe(revisions[0].version);
      }
    });

    behaves(
      'digest',
      'never loads what does not match its digest and leaves the others alone',
      async () => {
        const [first] = subject.fixture.revisions;
        const { broken } = subject.fixture;
        await apply([first, broken], [0, 100]);
        const status = await driver.until(
          ({ revisions }) =>
            revisions.find(({ id }) => id === broken.id)?.state ===
            'not-answering',
        );
        const refused = status.revisions.find(({ id }) => id === broken.id);
        expect(refused?.reason).toMatch(/digest/i);
        expect(await versionOf()).toBe(first.version);
        await expect(ask(broken.id)).rejects.toThrow();
        await apply([first], [100]);
        await answering(100);
        expect(await versionOf()).toBe(first.version);
      },
    );

    behaves('log', 'shows the log of a revision from an offset', async () => {
      const at = { name: NAME, revisionId: subject.fixture.revisions[0].id };
      const whole = await subject.engine.getLog({ ...at, offset: 0 }, options);
      expect(whole.text.length).toBeGreaterThan(0);
      const rest = await subject.engine.getLog(
        { ...at, offset: whole.nextOffset },
        options,
      );
      expect(whole.text.startsWith(rest.text) && rest.text !== '').toBe(false);
      expect(rest.nextOffset).toBeGreaterThanOrEqual(whole.nextOffset);
    });

    it1('knows no revision that the endpoint does not have', async () => {
      const missing = { name: 'NotFoundError' };
      await expect(ask('another-one')).rejects.toMatchObject(missing);
      const at = { name: NAME, revisionId: 'another-one', offset: 0 };
      await expect(subject.engine.getLog(at, options)).rejects.toMatchObject(
        missing,
      );
    });

    it1('applies nothing for a caller that has gone', async () => {
      const signal = AbortSignal.abort(new Error('the caller has gone'));
      const [revision] = subject.fixture.revisions;
      const traffic = [{ revisionId: revision.id, percent: 100 }];
      await expect(
        subject.engine.apply(
          { name: 'gone', generation: 1, revisions: [revision], traffic },
          { signal },
        ),
      ).rejects.toThrow('the caller has gone');
      await expect(
        subject.engine.getStatus('gone', options),
      ).rejects.toMatchObject({ name: 'NotFoundError' });
    });

    it1('removes an endpoint, also one that is not there', async () => {
      await subject.engine.remove(NAME, options);
      const missing = { name: 'NotFoundError' };
      await expect(
        subject.engine.getStatus(NAME, options),
      ).rejects.toMatchObject(missing);
      await expect(ask()).rejects.toMatchObject(missing);
      await subject.engine.remove(NAME, options);
    });
  });
}

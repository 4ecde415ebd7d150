import { mockServices } from '@backstage/backend-test-utils';
import { MlopsClient, MlopsDocument } from '@mlops-portal/plugin-mlops-common';
import { flightDelay, HubAnswers } from './__testUtils__/hub';
import { HubCollatorFactory } from './HubCollatorFactory';

/** A collator whose hub answers from memory. */
function collatorOf(answers: HubAnswers) {
  const client = new MlopsClient({
    baseUrl: 'http://hub',
    fetch: async url => {
      const answer = answers[new URL(url).pathname];
      return new Response(JSON.stringify(answer ?? {}), {
        status: answer ? 200 : 503,
      });
    },
  });
  return new HubCollatorFactory({
    read: work => work(client, AbortSignal.timeout(5000)),
    logger: mockServices.logger.mock(),
  });
}

async function documentsOf(collator: HubCollatorFactory) {
  const documents: MlopsDocument[] = [];
  for await (const document of await collator.getCollator())
    documents.push(document);
  return documents;
}

describe('HubCollatorFactory', () => {
  it('gives every document the same fields, since the index takes them from the first one', async () => {
    const documents = await documentsOf(collatorOf(flightDelay()));
    const fields = new Set(
      documents.map(document => Object.keys(document).sort().join()),
    );
    expect([...fields]).toEqual([
      'columns,commit,kind,location,metrics,name,owner,state,text,title',
    ]);
  });

  it('gives every document a page of its own', async () => {
    const locations = (await documentsOf(collatorOf(flightDelay()))).map(
      ({ location }) => location,
    );
    expect(new Set(locations).size).toBe(locations.length);
  });

  it('keeps the last documents of a part that stops answering, and drops what is gone', async () => {
    const answers = flightDelay();
    const collator = collatorOf(answers);
    await documentsOf(collator);
    delete answers['/alerts'];
    answers['/runs'] = { items: [], total: 0 };
    const kinds = (await documentsOf(collator)).map(({ kind }) => kind);
    expect(kinds).toContain('alert');
    expect(kinds).not.toContain('run');
  });

  it('fails when the hub does not answer at all, so that the old index stays', async () => {
    await expect(documentsOf(collatorOf({}))).rejects.toThrow(
      'the hub does not answer',
    );
  });

  it('indexes a dataset whose newest version went away without its columns', async () => {
    const answers = flightDelay();
    const client = new MlopsClient({
      baseUrl: 'http://hub',
      fetch: async url => {
        const { pathname } = new URL(url);
        const gone = pathname.includes('/versions/d1');
        return new Response(JSON.stringify(answers[pathname] ?? {}), {
          status: gone ? 404 : 200,
        });
      },
    });
    const collator = new HubCollatorFactory({
      read: work => work(client, AbortSignal.timeout(5000)),
      logger: mockServices.logger.mock(),
    });
    const dataset = (await documentsOf(collator)).find(
      ({ kind }) => kind === 'dataset',
    );
    expect(dataset).toMatchObject({ name: 'flights', columns: '' });
  });
});

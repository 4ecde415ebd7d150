import { Knex } from 'knex';
import { eachDatabase } from '../database/__testUtils__/eachDatabase';
import { GraphStore } from '../lineage/GraphStore';
import { walk } from '../lineage/walk';
import { as, registryHub } from './__testUtils__/registryHub';

jest.setTimeout(240_000);

const model = 'flight-delay';
const MANY = 10_000;
const EDGES = 100_000;
/** A page may take so many times as long among many as among few: far below what reading them all would take. */
const SLOWER = 8;
const CHUNK = 100;
const at = (n: number) => new Date(Date.UTC(2026, 0, 1) + n).toISOString();

/** Copies of the one version that was made, each with a decided approval. */
async function multiply(knex: Knex) {
  const [row] = await knex('model_versions').where({ model });
  const numbers = Array.from({ length: MANY }, (_, i) => i + 2);
  await knex.batchInsert(
    'model_versions',
    numbers.map(version => ({ ...row, version, source_run: `run-${version}` })),
    30,
  );
  await knex.batchInsert(
    'approvals',
    numbers.map(version => ({
      id: `approval-${version}`,
      model,
      version,
      endpoint: model,
      state: 'approved',
      risk_class: 'limited',
      requested_by: 'policy',
      requested_at: at(version),
      reason: 'better',
      decided_by: 'user:default/bo',
      decided_at: at(version),
      decision_reason: 'good',
      exception: false,
      conditions: '[]',
      metric: null,
    })),
    CHUNK / 2,
  );
  await knex('models')
    .where({ name: model })
    .update({ versions: MANY + 1 });
}

/** Statements that a piece of work sends, and the median of its milliseconds. */
async function cost(knex: Knex, work: () => Promise<unknown>) {
  let statements = 0;
  const count = () => {
    statements += 1;
  };
  await work();
  const times: number[] = [];
  for (let i = 0; i < 5; i += 1) {
    if (i === 0) knex.on('query', count);
    const begin = performance.now();
    await work();
    times.push(performance.now() - begin);
    if (i === 0) knex.removeListener('query', count);
  }
  return { statements, ms: times.sort((a, b) => a - b)[2] };
}

describe('among very many', () => {
  eachDatabase(open => {
    it('a page of versions asks as much as among few, and is about as quick', async () => {
      const knex = await open();
      const hub = registryHub(knex);
      await hub.report('one');
      const list = (offset: number) => () =>
        hub.handlers.listVersions(
          { params: { name: model }, query: { limit: 25, offset }, body: {} },
          as('ann'),
        );
      await multiply(knex);
      const whole = await cost(knex, list(0));
      const middle = await cost(knex, list(MANY / 2));
      await knex('model_versions').where('version', '>', 100).delete();
      await knex('approvals').where('version', '>', 100).delete();
      const few = await cost(knex, list(0));
      expect(whole.statements).toBe(few.statements);
      expect(middle.statements).toBe(few.statements);
      expect(whole.ms / few.ms).toBeLessThan(SLOWER);
      expect(middle.ms / few.ms).toBeLessThan(SLOWER);
    });

    it('a question to lineage asks as much as among few, and is about as quick', async () => {
      const knex = await open();
      const graph = new GraphStore(knex);
      const edge = (n: number, to: string, kind: string) => ({
        from: `version:m/${n}`,
        to,
        kind,
        valid_from: at(n),
        valid_to: null,
        recorded_at: at(n),
        facts: '{}',
      });
      const run = (n: number) => [
        edge(n, `run:${n}`, 'madeBy'),
        { ...edge(n, `data:${n}`, 'read'), from: `run:${n}` },
      ];
      const ask = (n: number) => () =>
        walk(graph, {
          node: `version:m/${n}`,
          direction: 'back',
          depth: 5,
          maxNodes: 100,
          asOf: null,
        });
      await knex.batchInsert('lineage_edges', run(0));
      const few = await cost(knex, ask(0));
      const rows = Array.from({ length: EDGES / 2 }, (_, i) => run(i + 1));
      await knex.batchInsert('lineage_edges', rows.flat(), CHUNK);
      const many = await cost(knex, ask(EDGES / 4));
      expect((await ask(EDGES / 4)()).nodes).toHaveLength(3);
      expect(many.statements).toBe(few.statements);
      expect(many.ms / few.ms).toBeLessThan(SLOWER);
    });
  });
});

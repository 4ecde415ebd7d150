import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { startTicks } from '../scripts/portal/processes.mjs';
import {
  answerOf,
  ended,
  firstRun,
  formOf,
  machines,
  made,
  make,
  retrained,
  versionOf,
  writeTable,
} from './bad/machines.mjs';
import { commandsOf, commandsOfRun } from './bad/watch.mjs';
import { startPortal } from './portal.mjs';

const MINUTES = 60_000;
const NAME = 'machine-failures';

describe('bad days', { timeout: 15 * MINUTES }, () => {
  let portal;
  let table;
  let form;
  let endpoint;
  /** The days after the first two build on what these have made. */
  let ready = false;
  const day = (title, work) =>
    it(title, async () => {
      assert.ok(ready, 'not tried: no endpoint answers');
      await work();
    });
  const call = (path, body) =>
    answerOf(`${portal.url}/api/mlops/${path}`, body, portal.api.token);
  const versions = async () =>
    (await portal.api.get(`mlops/models/${NAME}/versions`)).items;
  const answers = async () => {
    const { status, body } = await answerOf(endpoint.url, endpoint.sample);
    assert.equal(status, 200, JSON.stringify(body));
    assert.equal(body.outputs[0].data.length, 1);
    return body;
  };
  const commands = () => commandsOf(portal.at.home);
  const rerun = async cache => {
    const run = await firstRun(portal, NAME);
    return portal.api.post(`mlops/runs/${run.id}/rerun`, {
      cache,
      idempotencyKey: `bad-day-${Date.now()}`,
    });
  };

  before(
    async () => {
      portal = await startPortal();
      table = writeTable(portal, 'machines.csv', machines());
      form = formOf(NAME, table, {
        target: 'failed',
        positive: '== yes',
        time: 'day',
      });
    },
    { timeout: 8 * MINUTES },
  );
  after(() => portal?.stop(), { timeout: 2 * MINUTES });

  it('goes on with a run after the portal was killed, and makes one version', async () => {
    await made(portal, form);
    const { id } = await firstRun(portal, NAME);
    await portal.api.until(
      `a running step of ${id}`,
      () => portal.api.get(`mlops/runs/${id}`),
      run => run.steps?.some(step => step.state === 'running'),
    );
    portal.kill();
    await portal.start();
    const run = await ended(portal, id);
    assert.equal(run.state, 'succeeded', run.reason);
    const version = await versionOf(portal, NAME, id);
    assert.equal(version.state, 'ready', version.reason);
    assert.equal((await versions()).length, 1);
  });

  it('lets one of two decisions at once win and refuses the other', async () => {
    assert.ok(await versions(), 'no version was made');
    await portal.api.post(`mlops/endpoints/${NAME}/deploy`, {
      version: 1,
      reason: 'first version',
      idempotencyKey: 'bad-day-first',
    });
    const waiting = await portal.api.get(
      `mlops/approvals?state=waiting&model=${NAME}`,
    );
    assert.equal(waiting.items.length, 1);
    const decide = decision =>
      call(`approvals/${waiting.items[0].id}/decision`, {
        decision,
        reason: 'two people at once',
        exception: decision === 'approve',
      });
    const both = await Promise.all([decide('approve'), decide('approve')]);
    assert.deepEqual(
      both.map(({ status }) => status).sort(),
      [200, 409],
      JSON.stringify(both),
    );
    endpoint = await portal.api.until(
      `endpoint ${NAME}`,
      () => portal.api.get(`mlops/endpoints/${NAME}`),
      seen => seen.state === 'answering' && seen.sample && seen,
      180,
    );
    await answers();
    ready = true;
  });

  day('answers 400 to a wrong request and names the field', async () => {
    const inputs = endpoint.sample.inputs.map(input =>
      input.name === 'load'
        ? { ...input, datatype: 'BYTES', data: ['much'] }
        : input,
    );
    const wrong = await answerOf(endpoint.url, { inputs });
    assert.equal(wrong.status, 400, JSON.stringify(wrong.body));
    assert.match(JSON.stringify(wrong.body), /load/);
    const missing = await answerOf(endpoint.url, {
      inputs: endpoint.sample.inputs.filter(({ name }) => name !== 'heat'),
    });
    assert.equal(missing.status, 400, JSON.stringify(missing.body));
    assert.match(JSON.stringify(missing.body), /heat/);
  });

  day(
    'keeps a label of an id that it does not know, and counts it',
    async () => {
      const { status, body } = await call(`labels/${NAME}`, {
        labels: [{ id: 'nobody-asked-this/0', label: 'yes' }],
      });
      assert.equal(status, 200, JSON.stringify(body));
      assert.equal(body.stored, 1);
      await portal.api.until(
        `evaluation of ${NAME}`,
        () => portal.api.post(`mlops/monitoring/${NAME}/evaluate`, {}, 120),
        seen => !seen.error,
        180,
      );
      const view = await portal.api.get(`mlops/monitoring/${NAME}`);
      assert.equal(view.capture.unknownLabels, 1);
    },
  );

  day('is not harmed by ten thousand malformed records', async () => {
    const malformed = Array.from({ length: 5000 }, (_, i) =>
      i % 2 ? { id: i } : `record ${i}`,
    );
    for (let round = 0; round < 2; round += 1) {
      const { status, body } = await call('serving/events', malformed);
      assert.equal(status, 200, JSON.stringify(body).slice(0, 300));
      assert.equal(body.stored, 0);
      assert.equal(body.refused.length, 5000);
      assert.ok(body.refused.every(({ reason }) => reason));
    }
    const { id } = await answers();
    await portal.api.until(
      `trace of ${id}`,
      () =>
        portal.api.get(
          `mlops/lineage/predictions/${NAME}/${encodeURIComponent(`${id}~0`)}`,
        ),
      seen => seen.version === 1,
      60,
    );
  });

  day(
    'answers while the portal is dead, and nothing answered is lost',
    async () => {
      portal.kill();
      const { id } = await answers();
      const started = Date.now();
      await portal.start();
      assert.ok(Date.now() - started < MINUTES, 'the second start is slow');
      await answers();
      await portal.api.until(
        `trace of ${id}, asked while the portal was dead`,
        () =>
          portal.api.get(
            `mlops/lineage/predictions/${NAME}/${encodeURIComponent(
              `${id}~0`,
            )}`,
          ),
        seen => seen.version === 1,
        120,
      );
    },
  );

  day('answers again after the model server was killed', async () => {
    const servers = commands().filter(({ command }) =>
      /mlserver/.test(command),
    );
    assert.ok(servers.length, 'no model server runs');
    for (const { pid } of servers) process.kill(pid, 'SIGKILL');
    await portal.api.until('an answer', answers, seen => seen.outputs, 120);
    await portal.api.until(
      `endpoint ${NAME}`,
      () => portal.api.get(`mlops/endpoints/${NAME}`),
      seen => seen.state === 'answering',
      60,
    );
  });

  day('says of a run whose step was killed that it was', async () => {
    const { id } = await rerun(false);
    const victim = await portal.api.until(
      `a process of a step of ${id}`,
      async () =>
        commandsOfRun(portal.at.home, id).filter(
          ({ pid, command, folder }) =>
            /steps?[/.]/.test(command + folder) && startTicks(pid),
        ),
      found => found.length && found.at(-1),
      120,
    );
    process.kill(victim.pid, 'SIGKILL');
    const run = await ended(portal, id);
    assert.equal(run.state, 'failed');
    assert.match(run.reason, /killed|signal 9/);
    assert.equal((await versions()).length, 1);
  });

  day('stops a run with every process of it', async () => {
    const { id } = await rerun(false);
    await portal.api.until(
      `a running step of ${id}`,
      () => portal.api.get(`mlops/runs/${id}`),
      run => run.steps?.some(step => step.state === 'running'),
    );
    await portal.api.post(`mlops/runs/${id}/stop`, { reason: 'not needed' });
    const run = await ended(portal, id, 60);
    assert.equal(run.state, 'stopped');
    await portal.api.until(
      `no process of ${id}`,
      async () => commandsOfRun(portal.at.home, id),
      left => left.length === 0,
      30,
    );
  });

  day('names the column that a new table lacks', async () => {
    writeTable(portal, 'machines.csv', machines({ without: ['heat'] }));
    const id = await retrained(portal, NAME);
    const run = await ended(portal, id);
    assert.equal(run.state, 'failed');
    assert.match(run.reason, /heat/);
  });

  day('says that the table is gone, and goes on answering', async () => {
    rmSync(table);
    const id = await retrained(portal, NAME);
    const run = await ended(portal, id);
    assert.equal(run.state, 'failed');
    assert.match(run.reason, /machines\.csv/);
    assert.equal((await versions()).length, 1);
    await answers();
    const problem = await portal.api.get(`mlops/problems/${NAME}`);
    assert.equal(problem.name, NAME);
  });

  day('refuses a taken name and leaves nothing half-made', async () => {
    writeTable(portal, 'machines.csv', machines());
    const before = await portal.api.get(`mlops/repositories/${NAME}`);
    const { status, said } = await make(portal, form);
    assert.equal(status, 'failed');
    assert.match(said, /taken|exists/);
    assert.deepEqual(
      await portal.api.get(`mlops/repositories/${NAME}`),
      before,
    );
    await answers();
  });

  day(
    'leaves no process when it is stopped, and goes on after a start',
    async () => {
      const stopped = await portal.command(['stop']);
      assert.equal(stopped.code, 0, stopped.output);
      assert.deepEqual(commands(), []);
      const started = Date.now();
      await portal.start();
      assert.ok(Date.now() - started < MINUTES, 'the second start is slow');
      await portal.api.until('an answer', answers, seen => seen.outputs, 120);
      assert.equal((await versions()).length, 1);
    },
  );
});

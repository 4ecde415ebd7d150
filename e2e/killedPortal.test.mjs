import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import {
  answerOf,
  ended,
  firstRun,
  formOf,
  machines,
  versionOf,
  writeTable,
} from './bad/machines.mjs';
import {
  beginMaking,
  endOfMaking,
  onlyOnce,
  stepState,
} from './bad/making.mjs';
import { momentOf } from './bad/watch.mjs';
import { startPortal } from './portal.mjs';

const MINUTES = 60_000;
const NAME = 'killed-while-it-waits';
const MADE = 'killed-when-made';

/** Each day builds on the ones before: one problem goes through the loop, and the portal is killed at each step. */
describe('a portal that is killed', { timeout: 15 * MINUTES }, () => {
  let portal;
  let form;
  let run;
  let url;
  const versions = async () =>
    (await portal.api.get(`mlops/models/${NAME}/versions`)).items;
  const endpoint = () => portal.api.get(`mlops/endpoints/${NAME}`);
  const deploy = version =>
    portal.api.post(`mlops/endpoints/${NAME}/deploy`, {
      version,
      reason: 'the portal will be killed',
      idempotencyKey: `killed-${version}`,
    });
  const approve = async () => {
    const { items } = await portal.api.get(
      `mlops/approvals?state=waiting&model=${NAME}`,
    );
    assert.equal(items.length, 1);
    await portal.api.post(`mlops/approvals/${items[0].id}/decision`, {
      decision: 'approve',
      reason: 'the portal will be killed',
      exception: true,
    });
  };
  const rerun = async idempotencyKey => {
    const { id } = await firstRun(portal, NAME);
    return portal.api.post(`mlops/runs/${id}/rerun`, {
      cache: false,
      idempotencyKey,
    });
  };
  const share = (seen, version) =>
    seen.revisions?.find(r => r.version === version)?.percent ?? 0;

  before(
    async () => {
      portal = await startPortal();
      const table = writeTable(portal, 'machines.csv', machines());
      form = name =>
        formOf(name, table, {
          target: 'failed',
          positive: '== yes',
          time: 'day',
        });
    },
    { timeout: 8 * MINUTES },
  );
  after(() => portal?.stop(), { timeout: 2 * MINUTES });

  it('makes problems to their end, each once, wherever it was killed in between', async () => {
    const waiting = await beginMaking(portal, form(NAME));
    await momentOf(
      'the step that waits for the first run',
      async () =>
        (await stepState(portal, waiting, 'first-run')) === 'processing',
    );
    const made = await beginMaking(portal, form(MADE));
    const repository = join(portal.at.home, 'git', `${MADE}.git`);
    await momentOf('a repository', () => existsSync(repository));
    portal.kill();
    await portal.start();
    await momentOf(
      'the registration by the recovered task',
      async () => (await stepState(portal, made, 'register')) === 'processing',
    );
    portal.kill();
    await portal.start();
    for (const [task, name] of [
      [waiting, NAME],
      [made, MADE],
    ]) {
      const { status, said } = await endOfMaking(portal, task, name);
      assert.equal(status, 'completed', `${name}: ${said}`);
      await onlyOnce(portal, name);
    }
  });

  it('registers one version of a run that came to its end without it', async () => {
    const first = await firstRun(portal, NAME);
    const seen = await ended(portal, first.id);
    assert.equal(seen.state, 'succeeded', seen.reason);
    run = await rerun('without-portal');
    const events = join(portal.at.home, 'runs', run.id, 'events.jsonl');
    const told = step =>
      existsSync(events) && readFileSync(events, 'utf8').includes(`"${step}`);
    await momentOf('the evaluation', () => told('evaluate'), 240);
    portal.kill();
    await momentOf('the registration', () => told('register'));
    await portal.start();
    const after = await ended(portal, run.id);
    assert.equal(after.state, 'succeeded', after.reason);
    const version = await versionOf(portal, NAME, run.id);
    assert.equal(version.state, 'ready', version.reason);
    assert.equal((await versions()).length, 2);
  });

  it('checks a version whose run had just reported it', async () => {
    const again = await rerun('just-reported');
    await momentOf(
      'the third version',
      async () => (await versions()).length === 3,
      240,
    );
    portal.kill();
    await portal.start();
    const seen = await ended(portal, again.id);
    assert.equal(seen.state, 'succeeded', seen.reason);
    const version = await versionOf(portal, NAME, again.id);
    assert.equal(version.state, 'ready', version.reason);
    assert.equal((await versions()).length, 3);
  });

  it('rolls out what was approved a moment before', async () => {
    await deploy(1);
    await approve();
    portal.kill();
    await portal.start();
    const seen = await portal.api.until(
      `endpoint ${NAME}`,
      endpoint,
      each =>
        each.state === 'answering' &&
        share(each, 1) === 100 &&
        each.sample &&
        each,
      180,
    );
    url = seen.url;
    const { status, body } = await answerOf(url, seen.sample);
    assert.equal(status, 200, JSON.stringify(body));
  });

  it('goes on with a canary from the step where it stood', async () => {
    await deploy(2);
    const before = await portal.api.until(
      `canary of ${NAME}`,
      endpoint,
      seen => share(seen, 2) > 0 && share(seen, 2) < 100 && seen,
      180,
    );
    portal.kill();
    for (let request = 0; request < 20; request += 1) {
      const { status } = await answerOf(url, before.sample);
      assert.equal(status, 200);
    }
    await portal.start();
    const found = await endpoint();
    assert.equal(share(found, 2), share(before, 2));
    assert.equal(found.rollout.id, before.rollout.id);
    await approve();
    portal.kill();
    await portal.start();
    await portal.api.until(
      `version 2 in all of ${NAME}`,
      async () => {
        await answerOf(url, before.sample);
        return endpoint();
      },
      seen => share(seen, 2) === 100 && seen.state === 'answering',
      240,
    );
    const steps = (await endpoint()).changes.map(({ what, traffic }) =>
      JSON.stringify([what, traffic]),
    );
    assert.equal(new Set(steps).size, steps.length, 'a step was taken twice');
  });
});

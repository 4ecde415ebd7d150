/**
 * A portal whose data folder is on a small disk, which is filled up and freed again. Runs where that disk is mounted: the first
 * argument is its folder. Prints what it sees and ends with 0 when nothing was lost.
 */
import assert from 'node:assert/strict';
import {
  closeSync,
  openSync,
  readdirSync,
  rmSync,
  statfsSync,
  writeSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import {
  answerOf,
  ended,
  firstRun,
  formOf,
  machines,
  made,
  versionOf,
  writeTable,
} from './machines.mjs';
import { ROOT, startPortal } from '../portal.mjs';

const NAME = 'on-a-full-disk';
const disk = process.argv[2];
const filler = join(disk, 'filler');
const say = text => console.log(text);

/** Takes every byte that is left. */
function fill() {
  const file = openSync(filler, 'w');
  for (let size = 8_000_000; size >= 1; size = Math.floor(size / 8)) {
    const block = Buffer.alloc(size);
    try {
      for (;;) writeSync(file, block);
    } catch (error) {
      assert.equal(error.code, 'ENOSPC');
    }
  }
  closeSync(file);
  assert.ok(statfsSync(disk).bavail * statfsSync(disk).bsize < 100_000);
}

/** Every database is whole. */
function checkDatabases(home) {
  const Database = createRequire(join(ROOT, 'packages/backend/package.json'))(
    'better-sqlite3',
  );
  for (const file of readdirSync(join(home, 'db')).filter(name =>
    name.endsWith('.sqlite'),
  )) {
    const database = new Database(join(home, 'db', file));
    assert.deepEqual(database.pragma('integrity_check'), [
      { integrity_check: 'ok' },
    ]);
    database.close();
  }
}

const portal = await startPortal({ within: disk });
const call = (path, body) =>
  answerOf(`${portal.url}/api/mlops/${path}`, body, portal.api.token);
const endpoint = () => portal.api.get(`mlops/endpoints/${NAME}`);
const traced = id =>
  portal.api.until(
    `trace of ${id}`,
    () =>
      portal.api.get(
        `mlops/lineage/predictions/${NAME}/${encodeURIComponent(`${id}~0`)}`,
      ),
    seen => seen.version === 1,
    120,
  );
try {
  const table = writeTable(portal, 'machines.csv', machines());
  const form = { target: 'failed', positive: '== yes', time: 'day' };
  await made(portal, formOf(NAME, table, { ...form, risk: 'minimal' }));
  const run = await firstRun(portal, NAME);
  assert.equal((await ended(portal, run.id)).state, 'succeeded');
  await versionOf(portal, NAME, run.id);
  await call(`endpoints/${NAME}/deploy`, {
    version: 1,
    reason: 'first version',
    idempotencyKey: 'full-disk',
  });
  const { url, sample } = await portal.api.until(
    `endpoint ${NAME}`,
    endpoint,
    seen => seen.state === 'answering' && seen.sample && seen,
    180,
  );
  const before = await answerOf(url, sample);
  assert.equal(before.status, 200);
  say('an endpoint answers');

  fill();
  say('the disk is full');
  // Who asks is answered; what cannot be captured is counted, not lost in silence.
  for (let i = 0; i < 20; i += 1)
    assert.equal((await answerOf(url, sample)).status, 200);
  const written = {
    label: call(`labels/${NAME}`, {
      labels: [{ id: `${before.body.id}/0`, label: 'yes' }],
    }),
    retraining: call(`retraining/${NAME}/retrain`, {
      reason: 'full disk',
      idempotencyKey: 'full-disk-retrain',
    }),
    repository: call('repositories', {
      name: 'no-space',
      description: '',
      files: [{ path: 'README.md', content: 'a' }],
      idempotencyKey: 'full-disk-create',
    }),
  };
  for (const [what, asked] of Object.entries(written)) {
    const { status, body } = await asked;
    assert.equal(status, 507, `${what}: ${JSON.stringify(body)}`);
    assert.match(body.error.message, /disk is full.*Free space.*PORTAL_HOME/);
  }
  say('who wants to write is told what to do');
  assert.equal((await portal.api.get(`mlops/problems/${NAME}`)).name, NAME);
  assert.equal((await endpoint()).name, NAME);
  await portal.api.until(
    'the reason beside the store of artefacts',
    () => portal.api.get('mlops/engines'),
    ({ items }) =>
      items?.some(({ reason }) => /disk .*full.*Free space/.test(reason)),
    90,
  );
  say('pages can be read, and say why nothing can be stored');

  rmSync(filler);
  await traced(before.body.id);
  const later = await answerOf(url, sample);
  assert.equal(later.status, 200);
  await traced(later.body.id);
  await call(`monitoring/${NAME}/evaluate`, {});
  // Both figures are the last known ones; the gateway's arrive with its next state.
  await portal.api.until(
    'what could not be captured is counted',
    () => portal.api.get(`mlops/monitoring/${NAME}`),
    ({ capture }) => capture.captured && capture.served > capture.captured,
    60,
  );
  const label = await call(`labels/${NAME}`, {
    labels: [{ id: `${before.body.id}/0`, label: 'yes' }],
  });
  assert.equal(label.status, 200, JSON.stringify(label.body));
  await assert.rejects(portal.api.get('mlops/repositories/no-space'), /404/);
  const again = await portal.api.post(`mlops/runs/${run.id}/rerun`, {
    cache: false,
    idempotencyKey: 'after-full-disk',
  });
  assert.equal((await ended(portal, again.id)).state, 'succeeded');
  say('with space, all goes on');
  await portal.command(['stop']);
  checkDatabases(portal.at.home);
  say('every database is whole');
} finally {
  await portal.stop();
}

import assert from 'node:assert/strict';
import {
  CANARY,
  ROWS_PER_DAY,
  CANARY_ROWS_PER_REQUEST,
} from '../../scripts/demo/dates.mjs';
import {
  button,
  giveReason,
  inOrder,
  sees,
  seesHeading,
  SLOW,
  visit,
} from '../pages.mjs';
import { approve, tryIt } from './serve.mjs';
import { replayWeeks } from './watch.mjs';

export async function retrainingRun(ctx) {
  const { portal, name } = ctx;
  const run = await portal.api.until(
    `retraining of ${name}`,
    () => portal.api.get(`mlops/runs/${ctx.retraining}`),
    seen => ['succeeded', 'failed', 'stopped'].includes(seen.state) && seen,
    480,
  );
  assert.equal(run.state, 'succeeded', run.reason);
  await visit(ctx, `/ml/runs/${ctx.retraining}`, /^Run #\d+$/);
  await sees(ctx, 'v2');
}

/** The version of the retraining takes a share, more traffic comes, a person agrees, it takes all. */
export async function canary(ctx) {
  const { page, name, portal } = ctx;
  await portal.api.until(
    `canary of ${name}`,
    () => portal.api.get(`mlops/endpoints/${name}`),
    seen =>
      seen.revisions?.some(
        r => r.version === 2 && r.percent > 0 && r.state === 'answering',
      ),
    180,
  );
  await visit(ctx, `/ml/endpoints/${name}`, name);
  await page
    .getByRole('img', { name: /v1 \d+%, v2 \d+%/ })
    .first()
    .waitFor({ timeout: SLOW });
  await sees(ctx, 'Goes back by itself when one is not met');
  await inOrder(ctx, 'endpoint-canary');
  await (
    await replayWeeks(ctx)
  )(CANARY, ROWS_PER_DAY, undefined, CANARY_ROWS_PER_REQUEST);
  await approve(ctx, 2, 'better than the version in production');
  await visit(ctx, `/ml/endpoints/${name}`, name);
  await page
    .getByRole('img', { name: 'v2 100%' })
    .first()
    .waitFor({ timeout: 3 * SLOW });
}

export async function anotherAnswer(ctx) {
  await visit(ctx, `/ml/endpoints/${ctx.name}`, ctx.name);
  ctx.second = await tryIt(ctx);
  assert.equal(ctx.second.version, 2);
  assert.notEqual(ctx.second.text, ctx.first.text);
}

/** From the answer back to version, run, commit, data and the person who approved. */
export async function whyThisAnswer(ctx) {
  const { page, portal, name } = ctx;
  const id = decodeURIComponent(/prediction=([^&]+)/.exec(ctx.second.trace)[1]);
  const trace = await portal.api.until(
    `trace of ${id}`,
    () =>
      portal.api.get(
        `mlops/lineage/predictions/${name}/${encodeURIComponent(id)}`,
      ),
    seen => seen.runId && seen,
    120,
  );
  await page.goto(portal.url + ctx.second.trace);
  await seesHeading(ctx, 'Lineage');
  const chain = page.getByRole('list', {
    name: 'From the request to the commit',
  });
  await chain.waitFor({ timeout: SLOW });
  const text = await chain.innerText();
  for (const part of ['v2', trace.commit.slice(0, 12), 'approval'])
    assert.ok(text.includes(part), `${part} is not in the trace:\n${text}`);
  const links = await chain
    .locator('a')
    .evaluateAll(all => all.map(link => link.getAttribute('href')));
  for (const id of [trace.runId, trace.dataVersion])
    assert.ok(
      links.some(link => link.includes(id)),
      `no link of the trace leads to ${id}: ${links}`,
    );
  await inOrder(ctx, 'lineage-prediction');
}

/** Roll back is at once: the next answer is by version 1, and the same as before. */
export async function rollBack(ctx) {
  const { page, name } = ctx;
  await visit(ctx, `/ml/endpoints/${name}`, name);
  await button(ctx, 'Roll back…').click();
  await giveReason(ctx, 'Roll back', 'to compare with the version before');
  await page
    .getByRole('img', { name: 'v1 100%' })
    .first()
    .waitFor({ timeout: SLOW });
  const third = await tryIt(ctx);
  assert.equal(third.version, 1);
  assert.equal(third.text, ctx.first.text);
  await inOrder(ctx, 'endpoint-rolled-back');
}

import assert from 'node:assert/strict';
import { LOUD, QUIET, ROWS_PER_DAY } from '../../scripts/demo/dates.mjs';
import { prepareReplay } from '../../scripts/demo/replay.mjs';
import {
  button,
  giveReason,
  inOrder,
  sees,
  seesHeading,
  SLOW,
  visit,
} from '../pages.mjs';

/** Clones the repository as anybody can and replays weeks of flights with its own command. */
export async function replayWeeks(ctx) {
  const { portal, name } = ctx;
  ctx.replay ??= await prepareReplay({
    api: portal.api,
    name,
    at: portal.at,
  });
  return ctx.replay;
}

async function evaluate({ portal, name }) {
  await portal.api.until(
    `evaluation of ${name}`,
    () => portal.api.post(`mlops/monitoring/${name}/evaluate`, {}, 120),
    seen => !seen.error && seen,
    180,
  );
}

/** Weeks like those it was trained on: scores, and no alert. */
export async function quietWeeks(ctx) {
  const { portal, name, page } = ctx;
  const replay = await replayWeeks(ctx);
  await replay(QUIET, ROWS_PER_DAY);
  await evaluate(ctx);
  await visit(ctx, `/ml/endpoints/${name}/monitoring`, name);
  await page
    .getByRole('grid', { name: 'Drift by feature and window' })
    .waitFor({ timeout: SLOW });
  const view = await portal.api.get(`mlops/monitoring/${name}`);
  const judged = view.features.flatMap(feature =>
    feature.scores.filter(score => score.score !== null),
  );
  assert.ok(judged.length >= 10, `only ${judged.length} cells were judged`);
  assert.deepEqual(
    judged.filter(score => score.health === 'drift'),
    [],
    'a quiet month shows drift',
  );
  const alerts = await portal.api.get(
    `mlops/alerts?state=firing&endpoint=${name}`,
  );
  assert.deepEqual(alerts.items, [], 'a quiet month fires alerts');
  await inOrder(ctx, 'monitoring-quiet');
}

/** Weeks that differ: the page turns to drift, and an alert fires. */
export async function loudWeeks(ctx) {
  const { page, name } = ctx;
  const replay = await replayWeeks(ctx);
  await replay(LOUD, ROWS_PER_DAY);
  await evaluate(ctx);
  await visit(ctx, `/ml/endpoints/${name}/monitoring`, name);
  await sees(ctx, /^Drift: \w+ is over the limit/);
  const over = page.getByRole('gridcell', { name: /over limit/ });
  // The verdict may stand there a moment before the heat map does.
  await over.first().waitFor({ timeout: SLOW });
  await over.last().click();
  await sees(ctx, 'over the frozen cells of the reference');
  await inOrder(ctx, 'monitoring-drift');
}

export async function acknowledge(ctx) {
  const { page } = ctx;
  await visit(ctx, '/ml/alerts', 'Alerts');
  const drift = page.getByRole('link', { name: /^Drift: / }).first();
  await drift.waitFor({ timeout: SLOW });
  await inOrder(ctx, 'alerts');
  await drift.click();
  await seesHeading(ctx, /^Drift: /);
  await sees(ctx, 'Evidence, frozen when it fired');
  await button(ctx, 'Acknowledge…').click();
  await giveReason(ctx, 'Acknowledge', 'seen, the policy decides');
  await sees(ctx, /^Acknowledged by/);
  await sees(ctx, /seen, the policy decides/);
  await inOrder(ctx, 'alert');
}

/** The policy starts a run; the page of monitoring says so and why. */
export async function decision(ctx) {
  const { portal, name, page } = ctx;
  const found = await portal.api.until(
    `decision to retrain ${name}`,
    () => portal.api.get(`mlops/retraining/${name}`),
    seen => seen.decisions?.find(d => d.outcome === 'start' && d.runId),
    120,
  );
  ctx.retraining = found.runId;
  await visit(ctx, `/ml/endpoints/${name}/monitoring`, name);
  const row = page.getByRole('row', { name: /Retrain/ }).first();
  await row.waitFor({ timeout: SLOW });
  assert.ok(
    (await row.innerText()).includes(found.because),
    'the decision is shown without its reason',
  );
}

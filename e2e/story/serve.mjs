import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import {
  button,
  giveReason,
  inOrder,
  sees,
  seesHeading,
  SLOW,
  visit,
} from '../pages.mjs';

const run = promisify(execFile);

export async function problemPage(ctx) {
  await visit(ctx, `/ml/problems/${ctx.name}`, ctx.title);
  await sees(ctx, 'Where it stands');
  await sees(ctx, ctx.name);
  for (const station of ['Data', 'Pipeline', 'Version', 'Monitoring'])
    await sees(ctx, station);
  await inOrder(ctx, 'problem');
}

/** The page of the run goes on by itself, without being loaded again, until the run has ended. */
export async function runPage(ctx) {
  const { page, name, portal } = ctx;
  const list = await portal.api.until(
    `first run of ${name}`,
    () => portal.api.get(`mlops/pipelines/${name}/runs?limit=1`),
    seen => seen.items?.length && seen.items,
  );
  await visit(ctx, `/ml/runs/${list[0].id}`, 'Run #1');
  await page
    .locator('.ml-title', { hasText: /Succeeded|Failed|Stopped/ })
    .waitFor({ timeout: 8 * SLOW });
  const run1 = await portal.api.get(`mlops/runs/${list[0].id}`);
  assert.equal(run1.state, 'succeeded', run1.reason);
  await page
    .getByRole('link', { name: 'v1', exact: true })
    .first()
    .waitFor({ timeout: SLOW });
  await inOrder(ctx, 'run');
}

export async function versionPage(ctx) {
  const { page, name } = ctx;
  await page.getByRole('link', { name: 'v1', exact: true }).first().click();
  await seesHeading(ctx, new RegExp(`${name} v1`));
  for (const part of ['Gate', 'Signature', 'What it looks at'])
    await page.getByRole('heading', { name: part, exact: true }).waitFor();
  await sees(ctx, 'digest checked');
  await inOrder(ctx, 'version');
  await visit(ctx, `/ml/models/${name}`, name);
  await sees(ctx, 'Where each version is');
  await inOrder(ctx, 'model');
}

/** Deployed from the page of the version; the approval says that one person is both. */
export async function deployFirst(ctx) {
  const { page, name } = ctx;
  await visit(ctx, `/ml/models/${name}/versions/1`, new RegExp(`${name} v1`));
  await button(ctx, 'Deploy…').click();
  await giveReason(ctx, 'Deploy', 'first version');
  await page.waitForURL(new RegExp(`/ml/endpoints/${name}`), { timeout: SLOW });
  await approve(ctx, 1, 'better than the baseline on the later window');
}

export async function approve(ctx, version, reason) {
  const { page, name } = ctx;
  await visit(ctx, '/ml/approvals', 'Approvals');
  const request = page.getByRole('link', { name: `${name} v${version}` });
  await request.first().waitFor({ timeout: SLOW });
  await inOrder(ctx, `approvals-v${version}`);
  await request.first().click();
  await seesHeading(ctx, `v${version} to production`);
  await sees(ctx, 'waived by configuration');
  // The policy asked for the later ones, nobody approves their own request there.
  if (version === 1) await sees(ctx, /One person uses this portal/);
  await inOrder(ctx, `approval-v${version}`);
  await page.getByRole('textbox', { name: /Reason/ }).fill(reason);
  const exception = page.getByText('Approve with an exception');
  if (await exception.isVisible()) await exception.click();
  await button(ctx, /^Approve/).click();
  await sees(ctx, /Approved by/);
}

export async function endpointPage(ctx) {
  const { page, name } = ctx;
  await visit(ctx, `/ml/endpoints/${name}`, name);
  await page
    .getByText('Answering', { exact: true })
    .first()
    .waitFor({ timeout: 3 * SLOW });
  ctx.first = await tryIt(ctx);
  assert.equal(ctx.first.version, 1);
  await inOrder(ctx, 'endpoint');
}

/** Sends the real row that the page offered first, each time the same; returns the answer, as shown, and by which version. */
export async function tryIt(ctx) {
  const { page } = ctx;
  const fields = page.locator('.ml-try-fields label');
  await fields.first().waitFor({ timeout: SLOW });
  const row = {};
  for (const field of await fields.all()) {
    const name = await field.locator('code').innerText();
    if (ctx.row) await field.locator('input').fill(ctx.row[name]);
    row[name] = await field.locator('input').inputValue();
  }
  ctx.row ??= row;
  assert.deepEqual(row, ctx.row);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  const by = page.getByText(/^by v\d+ in [\d,]+ ms$/);
  await by.waitFor({ timeout: SLOW });
  const answer = page.locator('.ml-answer');
  const text = await answer.locator('b').innerText();
  assert.match(text, /^0?\.\d+$/, 'the answer is a probability');
  return {
    text,
    version: Number(/v(\d+)/.exec(await by.innerText())[1]),
    trace: await page
      .getByRole('link', { name: 'What answered, and why' })
      .getAttribute('href'),
  };
}

/** The call that the page offers works when it is pasted into a shell. */
export async function curlWorks(ctx) {
  const code = await ctx.page.getByRole('region', { name: 'curl' }).innerText();
  const { stdout } = await run('bash', ['-c', code], { timeout: 30_000 });
  const answer = JSON.parse(stdout);
  const probability = answer.outputs
    .find(output => output.name === 'probabilities')
    .data.at(-1);
  assert.equal(
    probability.toPrecision(3),
    Number(ctx.first.text).toPrecision(3),
    'the shell gets another answer than the page',
  );
}

import assert from 'node:assert/strict';
import { shoot, violations } from './browser.mjs';

/** Work of the machine is waited for in minutes, pages in seconds. */
export const SLOW = 60_000;

/** Opens a page of the portal and waits until its heading stands there. */
export async function visit(ctx, path, heading) {
  await ctx.page.goto(ctx.portal.url + path);
  await seesHeading(ctx, heading);
}

export async function seesHeading({ page }, heading) {
  await page
    .getByRole('heading', { level: 1, name: heading })
    .first()
    .waitFor({ timeout: SLOW });
}

/** Waits until the text (or pattern) is on the page; says what the page showed instead. */
export async function sees({ page }, text, timeout = SLOW) {
  try {
    await page
      .getByText(text)
      .filter({ visible: true })
      .first()
      .waitFor({ timeout });
  } catch (error) {
    const shown = await page.locator('body').innerText();
    assert.fail(
      `${page.url()} did not show ${text} within ${timeout / 1000} s (${
        error.name
      }); it showed:\n${shown.slice(0, 3000)}`,
    );
  }
}

/**
 * The page as it stands is accessible, asked no other host and broke nowhere; its picture is taken. `upstream` names the rules of
 * axe that parts of Backstage itself break on this page.
 */
export async function inOrder(ctx, name, { upstream = [] } = {}) {
  const { page, trouble } = ctx;
  await page
    .locator('[aria-busy="true"]')
    .first()
    .waitFor({ state: 'detached', timeout: 15_000 })
    .catch(() => {});
  const ours = (await violations(page)).filter(
    violation => !upstream.some(rule => violation.startsWith(`${rule}:`)),
  );
  assert.deepEqual(ours, [], `violations on ${name}`);
  assert.deepEqual(trouble, [], `trouble until ${name}`);
  await shoot(page, name);
}

/** Chooses an option of a select by the label of the select. */
export async function choose({ page }, label, option) {
  await page.getByRole('button', { name: label }).first().click();
  await page.getByRole('option', { name: option }).first().click();
}

/** Gives the reason in the dialog that is open, and confirms it. */
export async function giveReason({ page }, confirm, reason) {
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: /Reason/ }).fill(reason);
  await dialog.getByRole('button', { name: confirm, exact: true }).click();
  await dialog.waitFor({ state: 'detached', timeout: SLOW });
}

export function button({ page }, name) {
  return page.getByRole('button', { name }).first();
}

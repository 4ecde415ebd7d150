import assert from 'node:assert/strict';
import {
  button,
  choose,
  inOrder,
  sees,
  seesHeading,
  SLOW,
  visit,
} from '../pages.mjs';

export async function emptyHome(ctx) {
  await visit(ctx, '/', /^Good /);
  await sees(ctx, 'Start with a table and a question');
  await inOrder(ctx, 'home-empty');
}

/** The form: reads the table, says what is wrong at the field, and takes it back when it is right. */
export async function fillForm(ctx) {
  const { page, name } = ctx;
  await page.getByRole('link', { name: 'New problem' }).first().click();
  await seesHeading(ctx, 'New problem');
  await page
    .getByRole('button', { name: /flights/i })
    .first()
    .click();
  await sees(ctx, /478,000 rows|[\d,]+ rows, \d+ columns/);
  for (const column of ['date', 'delay', 'origin', 'destination'])
    await page.getByRole('rowheader', { name: column }).first().waitFor();

  await choose(ctx, /Role of delay/, 'Target');
  await choose(ctx, /Role of date/, 'Time');
  await choose(ctx, /Role of origin/, 'Entity');
  await page.getByRole('radio', { name: 'yes or no' }).click();
  const rule = page.getByLabel('Positive when delay is');
  await rule.fill('');
  await sees(ctx, 'Say when a row counts as positive.');
  await rule.fill('15');
  await gone(ctx, 'Say when a row counts as positive.');
  await sees(ctx, /of rows are positive/);

  await page.getByLabel('Question that it answers').fill(ctx.title);
  await page
    .getByLabel('What the answer is for')
    .fill('Say before departure whether a flight leaves late');
  const field = page.getByLabel('Name', { exact: true });
  await field.fill('Not A Name');
  await sees(ctx, /Lower-case letters, digits and dashes/);
  assert.ok(
    await button(ctx, 'Create problem').isDisabled(),
    'a form with a wrong name can be sent',
  );
  await field.fill(name);
  await gone(ctx, /Lower-case letters, digits and dashes/);
  await choose(ctx, /Owner/, /./);
  await choose(ctx, /By schedule/, 'never');
  await page
    .getByLabel('First day after the first training')
    .fill('2001-03-15');
  await inOrder(ctx, 'new-problem');
}

async function gone({ page }, text) {
  await page
    .getByText(text)
    .first()
    .waitFor({ state: 'detached', timeout: SLOW });
}

/** Create leads to the progress page, which ends with links to what was made. */
export async function createIt(ctx) {
  const { page, name } = ctx;
  const create = button(ctx, 'Create problem');
  await page.waitForFunction(
    () =>
      [...document.querySelectorAll('button')].some(
        b => b.textContent === 'Create problem' && !b.disabled,
      ),
    undefined,
    { timeout: SLOW },
  );
  await create.click();
  await page.waitForURL(/\/ml\/problems\/new\/[0-9a-f-]+/, { timeout: SLOW });
  await sees(ctx, 'they appear as things are made');
  await inOrder(ctx, 'progress');
  const links = page.locator('.ml-new-links');
  await links
    .getByRole('link', { name: '#1', exact: true })
    .waitFor({ timeout: 4 * SLOW });
  assert.equal(
    await links
      .getByRole('link')
      .filter({ hasText: new RegExp(`^${name}$`) })
      .count(),
    3,
    'repository, problem and pipeline are links',
  );
}

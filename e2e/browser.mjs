import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import packed from '@sparticuz/chromium';
import { chromium } from 'playwright-core';

/** A machine that trains beside the browser makes pages wait. */
const SLOW = 60_000;

/** Where screenshots go when PORTAL_SCREENSHOTS names a folder. */
const folder = process.env.PORTAL_SCREENSHOTS;

/** A real Chromium out of an npm package; nothing of the machine is needed. */
export async function openBrowser() {
  const args = packed.args.filter(
    argument => argument !== '--single-process' && argument !== '--no-zygote',
  );
  return chromium.launch({
    executablePath: await packed.executablePath(),
    args: [...args, '--no-sandbox', '--disable-dev-shm-usage'],
    headless: true,
  });
}

/** A page that remembers what went wrong in it: script errors, failed answers, requests to other hosts. */
export async function openPage(browser, url, options = {}) {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    // Drawn by the processor that also trains.
    reducedMotion: 'reduce',
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(SLOW);
  page.setDefaultNavigationTimeout(2 * SLOW);
  const trouble = [];
  page.on('pageerror', error => trouble.push(`script error: ${error.message}`));
  page.on('response', response => {
    if (response.status() >= 500)
      trouble.push(`${response.status()} ${response.url()}`);
  });
  page.on('request', request => {
    const target = new URL(request.url());
    if (
      /^https?:$/.test(target.protocol) &&
      target.origin !== new URL(url).origin
    )
      trouble.push(`request to ${target.origin}`);
  });
  return { page, trouble, context };
}

/** Violations of WCAG 2.2 A and AA on the page as it stands, one line each. */
export async function violations(page) {
  await settled(page);
  const { violations: found } = await new AxeBuilder({ page })
    // What React Aria says to screen readers; it may name a part that has just gone.
    .exclude('[data-live-announcer]')
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  return found.map(
    ({ id, help, nodes }) =>
      `${id}: ${help} (${nodes
        .slice(0, 2)
        .map(node => node.target.join(' '))
        .join('; ')})`,
  );
}

/** Colours half-way between two states are nobody's: waits for changes that end, not for what turns for ever. */
async function settled(page) {
  await page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter(each => each.effect?.getComputedTiming().endTime !== Infinity)
        .map(each => each.finished),
    ),
  );
}

/** Takes pictures at 1280 and 390 px, light and dark, where a folder is named. */
export async function shoot(page, name) {
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  for (const [width, height] of [
    [1280, 900],
    [390, 844],
  ]) {
    await page.setViewportSize({ width, height });
    for (const theme of ['light', 'dark']) {
      await page.evaluate(mode => {
        localStorage.setItem('theme', mode);
        document.body.setAttribute('data-theme-mode', mode);
      }, theme);
      await page.waitForTimeout(400);
      await page.screenshot({
        path: join(folder, `${name}.${width}.${theme}.png`),
        fullPage: true,
      });
    }
  }
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.evaluate(() => {
    localStorage.setItem('theme', 'light');
    document.body.setAttribute('data-theme-mode', 'light');
  });
}

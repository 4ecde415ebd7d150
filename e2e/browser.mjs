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

/** Colours half-way between two states are nobody's: waits for changes that end, not for what turns for ever or goes with scrolling. */
async function settled(page) {
  await page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter(each =>
          Number.isFinite(each.effect?.getComputedTiming().endTime),
        )
        .map(each => each.finished),
    ),
  );
}

/** Chromium draws no more at once. */
const TALLEST = 16_000;

/**
 * Height of a window in which nothing of the page is left to scroll: neither the page itself nor the one part that scrolls within a
 * frame of its own, as pages of the catalog have it. Small boxes that scroll (logs, code) stay as they are.
 */
export function wholeHeight(page) {
  return page.evaluate(most => {
    const hidden = element => element.scrollHeight - element.clientHeight;
    const scrolls = element =>
      /auto|scroll/.test(getComputedStyle(element).overflowY) &&
      element.clientHeight > window.innerHeight / 2 &&
      element.clientWidth > window.innerWidth / 2;
    const parts = [...document.body.querySelectorAll('*')].filter(scrolls);
    const more = Math.max(
      0,
      ...[document.documentElement, ...parts].map(hidden),
    );
    return Math.min(most, window.innerHeight + more);
  }, TALLEST);
}

/** Charts fit themselves to a new width, and colours change, a moment later. */
const DRAWN_MS = 400;

/** Takes pictures of the whole page at 1280 and 390 px, light and dark, where a folder is named. */
export async function shoot(page, name, into = folder) {
  if (!into) return;
  mkdirSync(into, { recursive: true });
  for (const [width, height] of [
    [1280, 900],
    [390, 844],
  ]) {
    await page.setViewportSize({ width, height });
    for (const theme of ['light', 'dark']) {
      await show(page, theme);
      await stretch(page, width);
      await page.screenshot({
        path: join(into, `${name}.${width}.${theme}.png`),
        fullPage: true,
      });
    }
  }
  await page.setViewportSize({ width: 1280, height: 900 });
  await show(page, 'light');
}

/** Makes the window as tall as the page: what sticks to it (the navigation) then reaches down to the end of the picture. */
async function stretch(page, width) {
  for (let tries = 0; tries < 3; tries += 1) {
    await page.waitForTimeout(DRAWN_MS);
    const height = await wholeHeight(page);
    if (height === page.viewportSize().height) return;
    await page.setViewportSize({ width, height });
  }
  await page.waitForTimeout(DRAWN_MS);
}

/** Changes the colours and nothing else: the app itself would mount the page anew, and lose what was opened and typed on it. */
function show(page, theme) {
  return page.evaluate(mode => {
    localStorage.setItem('theme', mode);
    document.body.setAttribute('data-theme-mode', mode);
  }, theme);
}

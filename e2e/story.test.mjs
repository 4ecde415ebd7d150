import { after, before, describe, it } from 'node:test';
import { openBrowser, openPage } from './browser.mjs';
import { startPortal } from './portal.mjs';
import * as find from './story/find.mjs';
import * as form from './story/form.mjs';
import * as outcome from './story/outcome.mjs';
import * as renew from './story/renew.mjs';
import * as serve from './story/serve.mjs';
import * as watch from './story/watch.mjs';

const MINUTES = 60_000;

/** What a person sees and does, in this order; each part goes on where the one before has ended. */
const parts = [
  ['shows an empty home that leads on', form.emptyHome],
  ['reads the table and says what is wrong at its field', form.fillForm],
  ['makes the problem and ends with links', form.createIt],
  ['shows the run going on until it has succeeded', serve.runPage],
  ['shows where the problem stands', serve.problemPage],
  ['shows the version with its gate and signature', serve.versionPage],
  ['deploys it after an approval by one person', serve.deployFirst],
  ['answers a real row with a probability', serve.endpointPage],
  ['offers a curl call that works', serve.curlWorks],
  ['answers the application of the repository', outcome.askApplication],
  ['stays quiet in a quiet month', watch.quietWeeks],
  ['sees drift in loud weeks', watch.loudWeeks],
  ['lets a person take the alert with a reason', watch.acknowledge],
  ['decides to retrain, and says why', watch.decision],
  ['trains again', renew.retrainingRun],
  ['takes a label from the data it trained on', outcome.labelOutOfData],
  ['moves a canary on to all traffic', renew.canary],
  ['answers the same row in another way', renew.anotherAnswer],
  ['says where an answer comes from', renew.whyThisAnswer],
  ['goes back at once', renew.rollBack],
  ['puts two runs side by side', find.compareRuns],
  ['says what a version in production cannot', find.versionInProduction],
  ['has the problem in the catalog', find.catalog],
  ['refuses an entity that breaks the model of its kind', find.brokenEntity],
  ['finds the problem', find.search],
  ['has every other page in order', find.otherPages],
];

describe('a problem from its form to a changed answer', () => {
  const ctx = { name: 'late-flights', title: 'Will this flight be late?' };
  let browser;
  let broken;

  before(
    async () => {
      ctx.portal = await startPortal();
      browser = await openBrowser();
      Object.assign(ctx, await openPage(browser, ctx.portal.url));
    },
    { timeout: 8 * MINUTES },
  );
  after(
    async () => {
      await browser?.close();
      await ctx.portal?.stop();
    },
    { timeout: 2 * MINUTES },
  );

  for (const [title, part] of parts)
    it(title, { timeout: 10 * MINUTES }, async () => {
      if (broken) throw new Error(`not tried: "${broken}" failed`);
      broken = title;
      await part(ctx);
      broken = undefined;
    });
});

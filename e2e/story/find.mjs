import assert from 'node:assert/strict';
import { button, inOrder, sees, seesHeading, SLOW, visit } from '../pages.mjs';

/** Everything that the problem brought stands in the software catalog with its relations, and the list can be cut to a kind. */
export async function catalog(ctx) {
  const { page, name, portal } = ctx;
  for (const [kind, entity] of [
    ['mlproblem', name],
    ['mldataset', `${name}-data`],
    ['mlfeatureview', `${name}-features`],
    ['mlmodel', name],
    ['component', `${name}-pipeline`],
    ['api', `${name}-endpoint`],
    ['component', `${name}-app`],
  ]) {
    await page.goto(`${portal.url}/catalog/default/${kind}/${entity}`);
    await sees(ctx, /Relations/);
    await inOrder(ctx, `catalog-${entity.slice(name.length + 1) || kind}`);
  }
  const entity = await portal.api.get(
    `catalog/entities/by-name/mlproblem/default/${name}`,
  );
  assert.deepEqual(
    entity.relations.map(r => r.type).filter(type => type === 'solvedBy'),
    ['solvedBy'],
  );
  await page.goto(`${portal.url}/catalog?filters[kind]=mlproblem`);
  await sees(ctx, ctx.title);
  const kind = page.getByLabel('Kind', { exact: true }).first();
  await kind.click();
  for (const option of ['MLProblem', 'MLDataset', 'MLModel'])
    await page
      .getByRole('option', { name: option })
      .first()
      .waitFor({ timeout: SLOW });
  await page.keyboard.press('Escape');
  await page.getByRole('option').first().waitFor({ state: 'detached' });
  await inOrder(ctx, 'catalog', {
    upstream: ['nested-interactive', 'target-size'],
  });
}

/** Two runs that are ticked stand side by side, with what differs between them in a sentence. */
export async function compareRuns(ctx) {
  const { page, name } = ctx;
  await visit(ctx, `/ml/pipelines/${name}`, name);
  for (const run of ['#1', '#2'])
    await page
      .getByRole('row', { name: new RegExp(`${run}\\b`) })
      .locator('label')
      .first()
      .click();
  await button(ctx, 'Compare #1, #2').click();
  await seesHeading(ctx, 'Compare runs');
  await sees(ctx, /^Different: .*until/);
  await inOrder(ctx, 'compare-runs');
}

/** The version in production says of each act that is not possible why. */
export async function versionInProduction(ctx) {
  const { page, name } = ctx;
  const { champion } = await ctx.portal.api.get(`mlops/models/${name}`);
  const { version } = champion;
  await visit(
    ctx,
    `/ml/models/${name}/versions/${version}`,
    new RegExp(`${name} v${version}`),
  );
  const deploy = page.getByRole('button', {
    name: 'Deploy…',
    description: /answers 100% of/,
  });
  await deploy.waitFor({ timeout: SLOW });
  assert.equal(await deploy.getAttribute('aria-disabled'), 'true');
  await inOrder(ctx, 'version-in-production');
}

/** A catalog-info.yaml that breaks the model of its kind is refused; the refusal names the field. */
export async function brokenEntity({ portal, name }) {
  const good = await portal.api.get(
    `catalog/entities/by-name/mlproblem/default/${name}`,
  );
  const { apiVersion, kind, spec } = good;
  const validate = riskClass =>
    fetch(`${portal.url}/api/catalog/validate-entity`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${portal.api.token}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({
        location: 'url:http://localhost/catalog-info.yaml',
        entity: {
          apiVersion,
          kind,
          metadata: { name: 'broken' },
          spec: { ...spec, riskClass },
        },
      }),
      signal: AbortSignal.timeout(SLOW),
    });
  assert.equal((await validate('high')).status, 200);
  const refused = await validate('enormous');
  assert.equal(refused.status, 400);
  const text = await refused.text();
  assert.match(text, /riskClass/);
  assert.match(text, /minimal|limited|enormous/);
}

export async function search(ctx) {
  const { page, portal, name } = ctx;
  await portal.api.until(
    `search of ${name}`,
    () => portal.api.get(`search/query?term=${name}`),
    seen => seen.results?.some(r => r.document.location?.includes(name)),
    240,
  );
  await page.goto(`${portal.url}/search?query=${name}`);
  await page
    .getByRole('link', { name: new RegExp(`${ctx.title}|${name}`) })
    .first()
    .waitFor({ timeout: SLOW });
  await inOrder(ctx, 'search', { upstream: ['listitem'] });
}

/** The remaining pages open and are in order. */
export async function otherPages(ctx) {
  for (const [path, heading, name] of [
    ['/', /^Good /, 'home'],
    ['/ml/problems', 'Problems', 'problems'],
    ['/ml/datasets', 'Datasets', 'datasets'],
    [`/ml/datasets/${ctx.name}-data`, `${ctx.name}-data`, 'dataset'],
    ['/ml/feature-views', 'Feature views', 'feature-views'],
    [
      `/ml/feature-views/${ctx.name}-features`,
      `${ctx.name}-features`,
      'feature-view',
    ],
    ['/ml/pipelines', 'Pipelines', 'pipelines'],
    [`/ml/pipelines/${ctx.name}`, ctx.name, 'pipeline'],
    ['/ml/models', 'Models', 'models'],
    [
      `/ml/models/${ctx.name}/compare?versions=1,2`,
      'Compare versions',
      'compare',
    ],
    ['/ml/endpoints', 'Endpoints', 'endpoints'],
    [`/ml/lineage?node=problem%3A${ctx.name}`, 'Lineage', 'lineage'],
    ['/ml/platform', 'Platform', 'platform'],
    ['/ml/audit', 'Audit', 'audit'],
    ['/ml/api', 'API', 'api'],
  ]) {
    await visit(ctx, path, heading);
    await inOrder(ctx, name);
  }
}

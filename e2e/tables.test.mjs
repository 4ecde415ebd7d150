import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  answerOf,
  ended,
  firstRun,
  formOf,
  made,
  versionOf,
  writeTable,
} from './bad/machines.mjs';
import { startPortal } from './portal.mjs';

const MINUTES = 60_000;
const ROWS = 2000;

function numbers() {
  let seed = 11;
  return () => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return seed / 2147483648;
  };
}

/** A number to predict, no time: price by area, rooms and town. */
function houses() {
  const random = numbers();
  const towns = ['Bam', 'Tafresh', 'Shiraz'];
  const lines = ['area,rooms,town,price'];
  for (let i = 0; i < ROWS; i += 1) {
    const area = Math.round(40 + 200 * random());
    const rooms = 1 + Math.floor(random() * 5);
    const town = Math.floor(random() * towns.length);
    const price = area * (9 + 4 * town) + rooms * 120 + 200 * random();
    lines.push([area, rooms, towns[town], price.toFixed(1)].join(','));
  }
  return `${lines.join('\n')}\n`;
}

/** Three classes; names of columns and classes in Persian. */
function fruit() {
  const random = numbers();
  const lines = ['وزن,رنگ,شهر,میوه'];
  for (let i = 0; i < ROWS; i += 1) {
    const weight = Math.round(50 + 250 * random());
    const colour = ['سرخ', 'زرد', 'سبز'][Math.floor(random() * 3)];
    const town = ['بم', 'تفرش'][Math.floor(random() * 2)];
    const kind = weight > 200 ? 'انار' : colour === 'زرد' ? 'لیمو' : 'سیب';
    lines.push([weight, colour, town, kind].join(','));
  }
  return `${lines.join('\n')}\n`;
}

describe('tables of other kinds', { timeout: 12 * MINUTES }, () => {
  let portal;
  before(
    async () => {
      portal = await startPortal();
    },
    { timeout: 8 * MINUTES },
  );
  after(() => portal?.stop(), { timeout: 2 * MINUTES });

  /** From the table to an answer by the gateway. */
  const answerTo = async (name, path, target) => {
    await made(portal, formOf(name, path, { target, risk: 'minimal' }));
    const { id } = await firstRun(portal, name);
    const run = await ended(portal, id);
    assert.equal(run.state, 'succeeded', run.reason);
    const version = await versionOf(portal, name, id);
    assert.equal(version.state, 'ready', version.reason);
    await portal.api.post(`mlops/endpoints/${name}/deploy`, {
      version: version.version,
      reason: 'first version',
      idempotencyKey: `first-${name}`,
    });
    const endpoint = await portal.api.until(
      `endpoint ${name}`,
      () => portal.api.get(`mlops/endpoints/${name}`),
      seen => seen.state === 'answering' && seen.sample && seen,
      180,
    );
    const { status, body } = await answerOf(endpoint.url, endpoint.sample);
    assert.equal(status, 200, JSON.stringify(body));
    return {
      task: endpoint.signature.task,
      prediction: body.outputs.find(o => o.name === 'prediction').data[0],
      inputs: endpoint.sample.inputs.map(input => input.name),
    };
  };

  it('predicts a number from a table without time', async () => {
    const path = writeTable(portal, 'houses.csv', houses());
    const { task, prediction } = await answerTo('houses', path, 'price');
    assert.equal(task, 'regression');
    assert.ok(prediction > 400 && prediction < 5000, `price ${prediction}`);
  });

  it('predicts one of three classes from columns with Persian names', async () => {
    const path = writeTable(portal, 'fruit.csv', fruit());
    const { task, prediction, inputs } = await answerTo('fruit', path, 'میوه');
    assert.equal(task, 'multiclass');
    assert.ok(['انار', 'لیمو', 'سیب'].includes(prediction), prediction);
    assert.ok(inputs.includes('وزن'), inputs.join(', '));
  });
});

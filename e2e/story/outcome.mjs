import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { sees } from '../pages.mjs';
import { replayWeeks } from './watch.mjs';

const run = promisify(execFile);

/** Lies in the window of the retraining and after that of the first training. */
const DAY = '2001-04-20';
const ASK = `
import json
import pandas as pd
from app import app
from plumbing import data, outcomes, serving
from plumbing.problem import load

problem, day = load(), pd.Timestamp("${DAY}")
table = data.read(problem.uri, problem, start=day, end=day + pd.Timedelta("1D"))
rows = table[table[data.OUTCOME].notna() & (table[problem.time] >= day)]
row = rows[~outcomes.keys(rows, problem).duplicated(keep=False)].iloc[[100]]
typed = {c: str(row[c].iloc[0]) for c in problem.kinds}
answer = serving.post(serving.ENDPOINT, app.Application().request(typed))
print(json.dumps({"id": f"{answer['id']}/0", "label": data.learnable(row[data.OUTCOME]).tolist()[0]}))
`;

/** The repository's application asks about one flight; it knows of no outcome. */
export async function askApplication(ctx) {
  const { portal, name } = ctx;
  const { repository } = await replayWeeks(ctx);
  const endpoint = await portal.api.get(`mlops/endpoints/${name}`);
  const { stdout } = await run(repository.python, ['-c', ASK], {
    cwd: repository.folder,
    timeout: 120_000,
    env: {
      ...process.env,
      ENDPOINT_URL: endpoint.url,
      PYTHONPATH: `${join(repository.folder, 'src')}:${repository.folder}`,
    },
  });
  ctx.asked = JSON.parse(stdout);
  assert.equal((await predictionOf(ctx)).label, null);
}

/** The retraining met that flight in its window, and told what became of it. */
export async function labelOutOfData(ctx) {
  const { portal, page, name, asked } = ctx;
  const { label } = await predictionOf(ctx);
  assert.equal(String(label), String(asked.label));
  const id = encodeURIComponent(asked.id);
  await page.goto(`${portal.url}/ml/lineage?endpoint=${name}&prediction=${id}`);
  await sees(ctx, asked.id);
}

function predictionOf({ portal, name, asked }) {
  return portal.api.until(
    `prediction ${asked.id}`,
    () =>
      portal.api.get(
        `mlops/lineage/predictions/${name}/${encodeURIComponent(asked.id)}`,
      ),
    seen => seen.version && seen,
    60,
  );
}

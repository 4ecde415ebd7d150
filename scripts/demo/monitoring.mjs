import { Failure } from '../portal/terminal.mjs';
import { LOUD, QUIET, ROWS_PER_DAY } from './dates.mjs';

export async function quietMarch({ api, tell, name, replay }) {
  await tell.step(
    `Replay ${QUIET[0]} to ${QUIET[1]} as live traffic`,
    detail => replay(QUIET, ROWS_PER_DAY, detail),
    seen => seen,
  );
  await tell.step(
    'A good monitor is quiet in March',
    async () => {
      await evaluate(api, name);
      const view = await api.get(`mlops/monitoring/${name}`);
      const judged = view.features.flatMap(f =>
        f.scores.filter(s => s.score !== null),
      );
      const loud = judged.filter(s => s.health === 'drift');
      if (!judged.length)
        throw new Failure(`monitoring of ${name} has judged no window`);
      if (loud.length)
        throw new Failure(
          `monitoring of ${name} is not quiet: ${JSON.stringify(
            loud.slice(0, 3),
          )}`,
        );
      return { judged, highest: Math.max(...judged.map(s => s.score)) };
    },
    ({ judged, highest }) =>
      `${judged.length} scores, the highest ${highest.toFixed(
        3,
      )}, no alert: ${tell.link(`/ml/endpoints/${name}/monitoring`)}`,
  );
}

export async function loudWeeks({ api, tell, name, replay }) {
  await tell.step(
    `Replay ${LOUD[0]} to ${LOUD[1]}`,
    detail => replay(LOUD, ROWS_PER_DAY, detail),
    seen => seen,
  );
  const alert = await tell.step(
    'It alarms',
    async () => {
      await evaluate(api, name);
      const page = await api.get(`mlops/alerts?state=firing&endpoint=${name}`);
      const found = page.items.find(item => item.kind === 'drift');
      if (!found) throw new Failure(`no drift alert of ${name} is firing`);
      return found;
    },
    found =>
      `${found.title}, PSI ${found.evidence.score.toFixed(3)} over ${
        found.evidence.limit
      }, noise floor ${found.evidence.noiseFloor.toFixed(3)}, n ${
        found.evidence.n
      }: ${tell.link(`/ml/alerts/${found.id}`)}`,
  );
  await api.post(`mlops/alerts/${alert.id}/acknowledge`, {
    reason: 'seen; the policy decides on retraining',
  });
  return tell.step(
    'The policy decides',
    () =>
      api.until(
        `decision on ${name}`,
        () => api.get(`mlops/retraining/${name}`),
        seen => seen.decisions?.find(d => d.outcome === 'start' && d.runId),
        90,
      ),
    decision => `${decision.outcome}: ${decision.because}`,
  );
}

/** Scores what has arrived; the worker that does so by itself may be at it, then once more. */
async function evaluate(api, name) {
  return api.until(
    `evaluation of ${name}`,
    () => api.post(`mlops/monitoring/${name}/evaluate`, {}, 120),
    seen => !seen.error && seen,
    180,
  );
}

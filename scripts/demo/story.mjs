import { Failure } from '../portal/terminal.mjs';
import { createProblem } from './create.mjs';
import { TRAIN_UNTIL } from './dates.mjs';
import { loudWeeks, quietMarch } from './monitoring.mjs';
import { prepareReplay } from './replay.mjs';
import { rollOut, traceBack } from './rollout.mjs';
import { ask, deployFirst, fixedRequest, followRun } from './serving.mjs';
import { Teller } from './teller.mjs';

/** Form -> repository -> training -> version -> endpoint -> drift -> retrained version -> the answer changes. Returns [step, seconds]. */
export async function tellTheStory({ api, name, at }) {
  const tell = new Teller(at.url);
  await tell.step('The form reads the table', async () => {
    const profile = await api.post('mlops/sources/inspect', {
      source: { kind: 'example', example: 'flights' },
    });
    return `${profile.rows.toLocaleString('en')} rows, ${
      profile.columns.length
    } columns, read in ${(profile.readMs / 1000).toFixed(1)} s`;
  });
  await createProblem({ api, tell, name, trainUntil: TRAIN_UNTIL });
  const first = await followRun({
    api,
    tell,
    name,
    title: 'The first training',
    seconds: 400,
  });
  await deployFirst({ api, tell, name, version: first });
  const fixed = await fixedRequest({ api, name });
  const before = await tell.step(
    'One fixed request',
    async () => ask(fixed),
    answer => `version ${answer.version} says ${answer.text}`,
  );
  const replay = await tell.step(
    'Clone the repository, as anybody can',
    () => prepareReplay({ api, name, at }),
    () => `into a folder of its own`,
  );
  await quietMarch({ api, tell, name, replay });
  const decision = await loudWeeks({ api, tell, name, replay });
  const second = await followRun({
    api,
    tell,
    name,
    title: 'The retraining',
    runId: decision.runId,
    seconds: 300,
  });
  await rollOut({ api, tell, name, version: second, replay });
  const after = await tell.step(
    'The same request again',
    async () => ask(fixed),
    answer => `version ${answer.version} says ${answer.text}`,
  );
  if (after.version === before.version || after.text === before.text) {
    throw new Failure(
      `the answer did not change: ${before.text} by version ${before.version}, ${after.text} by version ${after.version}`,
    );
  }
  await traceBack({ api, tell, name, id: after.id });
  await replay.remove();
  tell.summary();
  return tell.times;
}

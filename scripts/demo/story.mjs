import { Failure } from '../portal/terminal.mjs';
import { createProblem } from './create.mjs';
import { prepareReplay } from './replay.mjs';
import { Teller } from './teller.mjs';

/** First training with what was known on 15 March 2001; what came later is replayed as live traffic. */
const TRAIN_UNTIL = '2001-03-15';
const QUIET = ['2001-03-19', '2001-04-23'];
const LOUD = ['2001-04-23', '2001-05-08'];
const CANARY = ['2001-05-08', '2001-05-12'];
/** Fewer rows a week make the drift score of a quiet week noisy. */
const ROWS_PER_DAY = 3000;

/** Form -> repository -> training -> version -> endpoint -> drift -> retrained version -> the answer changes. */
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
  tell.summary();
}

/** Waits for a run (the newest one by default) and returns the version that it made, once it is ready. */
async function followRun({ api, tell, name, title, runId, seconds }) {
  return tell
    .step(
      title,
      async detail => {
        const id =
          runId ??
          (await api.until(
            `first run of ${name}`,
            () => api.get(`mlops/pipelines/${name}/runs?limit=1`),
            page => page.items?.[0]?.id,
            180,
          ));
        const run = await api.until(
          `run ${id}`,
          () => api.get(`mlops/runs/${id}`),
          seen => {
            const steps = seen.steps ?? [];
            const now = steps
              .filter(s => s.state === 'running')
              .map(s => s.name);
            detail(
              `${steps.filter(s => s.state === 'succeeded').length}/${
                steps.length
              } steps${now.length ? `, ${now.join(', ')}` : ''}`,
            );
            return (
              ['succeeded', 'failed', 'stopped'].includes(seen.state) && seen
            );
          },
          seconds,
        );
        if (run.state !== 'succeeded')
          throw new Failure(
            `run ${run.number} of ${name} ${run.state}: ${run.reason}`,
          );
        const version = await api.until(
          `version of run ${run.number}`,
          () => api.get(`mlops/models/${name}/versions`),
          page =>
            page.items?.find(v => v.runId === id && v.state !== 'pending'),
          60,
        );
        if (version.state !== 'ready')
          throw new Failure(
            `version ${version.version} of ${name} ${version.state}: ${version.reason}`,
          );
        return { run, version };
      },
      ({ run, version }) =>
        `version ${version.version}, ${
          version.primary?.name
        } ${version.primary?.value.toFixed(4)}: ${tell.link(
          `/ml/runs/${run.id}`,
        )}`,
    )
    .then(({ version }) => version.version);
}

async function approve(api, name, version) {
  const page = await api.get(`mlops/approvals?state=waiting&model=${name}`);
  const request = page.items.find(item => item.version === version);
  if (!request)
    throw new Failure(
      `nobody asked for the approval of version ${version} of ${name}`,
    );
  return api.post(`mlops/approvals/${request.id}/decision`, {
    decision: 'approve',
    reason: 'better than the baseline on the later window',
  });
}

async function deployFirst({ api, tell, name, version }) {
  await tell.step(
    'Ask for production',
    () =>
      api.post(`mlops/endpoints/${name}/deploy`, {
        version,
        reason: 'first version',
        idempotencyKey: `demo-first-${name}`,
      }),
    () => tell.link(`/ml/endpoints/${name}`),
  );
  await tell.step(
    'Approve it',
    () => approve(api, name, version),
    approval =>
      `${approval.conditions.filter(c => c.state === 'met').length} of ${
        approval.conditions.length
      } conditions met${
        approval.fourEyesWaived
          ? '; one person on this machine, so the second pair of eyes is waived'
          : ''
      }: ${tell.link(`/ml/approvals/${approval.id}`)}`,
  );
  await tell.step(
    'The endpoint answers',
    () =>
      api.until(
        `endpoint ${name}`,
        () => api.get(`mlops/endpoints/${name}`),
        seen =>
          seen.state === 'answering' &&
          seen.revisions.some(
            r => r.version === version && r.percent === 100,
          ) &&
          seen,
        120,
      ),
    endpoint => endpoint.url,
  );
}

async function fixedRequest({ api, name }) {
  const endpoint = await api.get(`mlops/endpoints/${name}`);
  return { url: endpoint.url, body: endpoint.sample };
}

async function ask({ url, body }) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(10_000),
  });
  const answer = await response.json();
  if (!response.ok)
    throw new Failure(
      `the endpoint answered ${response.status}: ${JSON.stringify(answer)}`,
    );
  const probabilities = answer.outputs.find(
    o => o.name === 'probabilities',
  )?.data;
  const value = probabilities
    ? probabilities.at(-1)
    : answer.outputs[0].data[0];
  return {
    id: answer.id,
    version: Number(answer.model_version),
    text: typeof value === 'number' ? value.toFixed(4) : String(value),
  };
}

async function quietMarch({ api, tell, name, replay }) {
  await tell.step(
    `Replay ${QUIET[0]} to ${QUIET[1]} as live traffic`,
    detail => replay(QUIET, ROWS_PER_DAY, detail),
    seen => seen,
  );
  await tell.step(
    'A good monitor is quiet in March',
    async () => {
      await api.post(`mlops/monitoring/${name}/evaluate`, {}, 120);
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

async function loudWeeks({ api, tell, name, replay }) {
  await tell.step(
    `Replay ${LOUD[0]} to ${LOUD[1]}`,
    detail => replay(LOUD, ROWS_PER_DAY, detail),
    seen => seen,
  );
  const alert = await tell.step(
    'It alarms',
    async () => {
      await api.post(`mlops/monitoring/${name}/evaluate`, {}, 120);
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

async function rollOut({ api, tell, name, version, replay }) {
  await tell.step(
    'A canary takes its share',
    () =>
      api.until(
        `canary of ${name}`,
        () => api.get(`mlops/endpoints/${name}`),
        seen =>
          seen.revisions?.some(
            r =>
              r.version === version && r.percent > 0 && r.state === 'answering',
          ) && seen,
        120,
      ),
    endpoint =>
      endpoint.revisions
        .filter(r => r.percent)
        .map(r => `v${r.version} ${r.percent} %`)
        .join(', '),
  );
  await tell.step(
    `Live traffic goes on: ${CANARY[0]} to ${CANARY[1]}`,
    detail => replay(CANARY, ROWS_PER_DAY, detail, 50),
    seen => seen,
  );
  await tell.step(
    'Approve it',
    () => approve(api, name, version),
    approval =>
      `${
        approval.metric
          ? `${approval.metric.name} ${approval.metric.value.toFixed(
              4,
            )} against ${approval.metric.champion?.toFixed(
              4,
            )} of the version in production`
          : 'approved'
      }: ${tell.link(`/ml/approvals/${approval.id}`)}`,
  );
  await tell.step(
    'The checks are met, it takes all traffic',
    () =>
      api.until(
        `rollout of version ${version}`,
        () => api.get(`mlops/endpoints/${name}`),
        seen => {
          if (seen.rollout?.state === 'rolled-back')
            throw new Failure(
              `version ${version} of ${name} was rolled back: ${seen.rollout.reason}`,
            );
          return (
            seen.revisions?.some(
              r => r.version === version && r.percent === 100,
            ) && seen
          );
        },
        120,
      ),
    () => tell.link(`/ml/endpoints/${name}`),
  );
}

async function traceBack({ api, tell, name, id }) {
  await tell.step(
    'From the answer back to its origins',
    () =>
      api.until(
        `trace of ${id}`,
        () =>
          api.get(
            `mlops/lineage/predictions/${name}/${encodeURIComponent(
              `${id}~0`,
            )}`,
          ),
        seen => seen.runId && seen,
        60,
      ),
    trace =>
      `version ${trace.version} <- run ${trace.runId.slice(
        0,
        8,
      )} <- commit ${trace.commit?.slice(
        0,
        8,
      )}, data ${trace.dataVersion?.slice(0, 8)}, approved by ${
        trace.approvedBy
      }: ${tell.link(
        `/ml/lineage?node=${encodeURIComponent(
          `version:${name}/${trace.version}`,
        )}`,
      )}`,
  );
}

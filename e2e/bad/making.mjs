import assert from 'node:assert/strict';

const TEMPLATE = 'new-ml-problem';
const FINAL = ['completed', 'failed', 'cancelled'];

/** Starts the task that makes a problem; gives its id at once. */
export async function beginMaking({ api }, form) {
  // A portal that has just been made reads its templates in the first seconds.
  await api.until(
    'the template',
    () => api.get(`catalog/entities/by-name/template/default/${TEMPLATE}`),
    seen => seen.kind,
    120,
  );
  const { id } = await api.post('scaffolder/v2/tasks', {
    templateRef: `template:default/${TEMPLATE}`,
    values: form,
    secrets: {},
  });
  return id;
}

/** How the task ended and what it said. */
export async function endOfMaking({ api }, id, name) {
  const task = await api.until(
    `making ${name}`,
    () => api.get(`scaffolder/v2/tasks/${id}`),
    seen => FINAL.includes(seen.status) && seen,
    240,
  );
  const events = await api.get(`scaffolder/v2/tasks/${id}/events`);
  return {
    status: task.status,
    said: events.map(event => event.body.message).join('\n'),
  };
}

/** Where one step of a task stands; undefined before it began. */
export async function stepState({ api }, id, step) {
  const events = await api
    .get(`scaffolder/v2/tasks/${id}/events`)
    .catch(() => []);
  return events.findLast(({ body }) => body.stepId === step && body.status)
    ?.body.status;
}

/** A problem is there exactly once: repository, registration, entity, first CI and first run. */
export async function onlyOnce({ api }, name) {
  const repository = await api.get(`mlops/repositories/${name}`);
  assert.match(repository.headCommit, /^[0-9a-f]{40}$/);
  const locations = (await api.get('catalog/locations')).filter(({ data }) =>
    data.target.includes(`/${name}/`),
  );
  assert.equal(locations.length, 1, JSON.stringify(locations));
  const entity = await api.get(
    `catalog/entities/by-name/mlproblem/default/${name}`,
  );
  assert.equal(entity.metadata.name, name);
  const ci = await api.get(`mlops/repositories/${name}/ci`);
  assert.equal(ci.items.length, 1, 'CI ran more than once');
  const runs = await api.until(
    `first run of ${name}`,
    () => api.get(`mlops/pipelines/${name}/runs`),
    seen => seen.items?.length && seen,
    240,
  );
  assert.equal(runs.items.length, 1, 'the first run was started twice');
}

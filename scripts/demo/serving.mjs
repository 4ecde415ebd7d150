import { Failure } from '../portal/terminal.mjs';

/** Waits for a run (the newest one by default) and returns the version that it made, once it is ready. */
export async function followRun({ api, tell, name, title, runId, seconds }) {
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

export async function approve(api, name, version) {
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

export async function deployFirst({ api, tell, name, version }) {
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

export async function fixedRequest({ api, name }) {
  const endpoint = await api.get(`mlops/endpoints/${name}`);
  return { url: endpoint.url, body: endpoint.sample };
}

export async function ask({ url, body }) {
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

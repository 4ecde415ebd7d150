import { Failure } from '../portal/terminal.mjs';
import { CANARY, CANARY_ROWS_PER_REQUEST, ROWS_PER_DAY } from './dates.mjs';
import { approve } from './serving.mjs';

export async function rollOut({ api, tell, name, version, replay }) {
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
    detail => replay(CANARY, ROWS_PER_DAY, detail, CANARY_ROWS_PER_REQUEST),
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

export async function traceBack({ api, tell, name, id }) {
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

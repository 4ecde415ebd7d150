import type { Commit } from '../source/BareRepository';

/** Prefix under which gitlab-ci-local takes variables from its environment, so that none is seen on a command line. */
const EXECUTOR_PREFIX = 'GCL_VARIABLE_';

/** The predefined variables of GitLab that differ from what the executor would guess. */
export function predefinedVariables(run: {
  ciPipelineId: string;
  repository: string;
  branch: string;
  defaultBranch: string;
  projectUrl: string;
  commit: Commit;
}): Record<string, string> {
  const { commit, projectUrl, repository } = run;
  const [title, ...rest] = commit.message.split('\n');
  return {
    CI: 'true',
    GITLAB_CI: 'true',
    CI_PIPELINE_ID: run.ciPipelineId,
    CI_PIPELINE_IID: run.ciPipelineId,
    CI_PIPELINE_URL: `${projectUrl}/-/pipelines/${run.ciPipelineId}`,
    CI_PIPELINE_SOURCE: 'push',
    CI_COMMIT_SHA: commit.commit,
    CI_COMMIT_SHORT_SHA: commit.commit.slice(0, 8),
    CI_COMMIT_BRANCH: run.branch,
    CI_COMMIT_REF_NAME: run.branch,
    CI_COMMIT_TIMESTAMP: commit.at,
    CI_COMMIT_AUTHOR: `${commit.author} <${commit.email}>`,
    CI_COMMIT_TITLE: title,
    CI_COMMIT_MESSAGE: commit.message,
    CI_COMMIT_DESCRIPTION: rest.join('\n').trim(),
    CI_DEFAULT_BRANCH: run.defaultBranch,
    CI_PROJECT_NAME: repository,
    CI_PROJECT_TITLE: repository,
    CI_PROJECT_PATH: repository,
    CI_PROJECT_PATH_SLUG: repository,
    CI_PROJECT_URL: projectUrl,
    // Relative here, as the executor reckons with a container's path; in scripts the absolute folder takes its place.
    CI_PROJECT_DIR: '.',
  };
}

/** Variables as the executor's environment; a dollar sign is doubled, as the executor would expand it. */
export function executorEnvironment(
  variables: Record<string, string>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [
      `${EXECUTOR_PREFIX}${name}`,
      value.replaceAll('$', '$$$$'),
    ]),
  );
}

import { executorEnvironment, predefinedVariables } from './ciVariables';

describe('executorEnvironment', () => {
  it('hands variables over by the executor’s prefix, with dollar signs kept', () => {
    expect(executorEnvironment({ A: 'x', B: '$A $$ ${C}' })).toEqual({
      GCL_VARIABLE_A: 'x',
      GCL_VARIABLE_B: '$$A $$$$ $${C}',
    });
  });
});

describe('predefinedVariables', () => {
  it('describes the commit as GitLab does', () => {
    const variables = predefinedVariables({
      ciPipelineId: '12',
      repository: 'flights',
      branch: 'feature/x',
      defaultBranch: 'main',
      projectUrl: 'http://127.0.0.1:7007/git/flights',
      commit: {
        commit: 'abcdef0123'.repeat(4),
        message: 'Add the hour\n\nIt helps\na lot',
        author: 'Ada',
        email: 'ada@example.com',
        at: '2026-01-01T00:00:00Z',
      },
    });
    expect(variables).toMatchObject({
      CI_PIPELINE_ID: '12',
      CI_PIPELINE_URL: 'http://127.0.0.1:7007/git/flights/-/pipelines/12',
      CI_COMMIT_BRANCH: 'feature/x',
      CI_DEFAULT_BRANCH: 'main',
      CI_COMMIT_SHORT_SHA: 'abcdef01',
      CI_COMMIT_TITLE: 'Add the hour',
      CI_COMMIT_DESCRIPTION: 'It helps\na lot',
      CI_COMMIT_AUTHOR: 'Ada <ada@example.com>',
      CI_PROJECT_NAME: 'flights',
    });
  });
});

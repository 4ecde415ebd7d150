import { execFileSync } from 'node:child_process';
import { folderOfJob, parseJobList, shellSetup } from './jobList';

const listed = (...jobs: Array<[string, string, string]>) =>
  JSON.stringify(
    jobs.map(([name, stage, when]) => ({ name, stage, when, needs: null })),
  );

describe('parseJobList', () => {
  it('orders jobs by the stages and keeps their order within one', () => {
    const json = listed(
      ['train', 'train', 'on_success'],
      ['unit', 'test', 'on_success'],
      ['lint', 'test', 'always'],
    );
    const names = (expanded: string) =>
      parseJobList(json, expanded).map(({ name }) => name);
    expect(names('stages: [test, train]')).toEqual(['unit', 'lint', 'train']);
    expect(names('')).toEqual(['train', 'unit', 'lint']);
    expect(names('{not: yaml')).toEqual(['train', 'unit', 'lint']);
  });

  it('knows which jobs do not run', () => {
    const jobs = parseJobList(
      listed(['a', 's', 'never'], ['b', 's', 'manual'], ['c', 's', 'delayed']),
      '',
    );
    expect(jobs.map(({ runs }) => runs)).toEqual([false, false, true]);
  });
});

describe('folderOfJob', () => {
  it('is the name, with unusual characters in base64url', () => {
    expect(folderOfJob('build')).toBe('build');
    expect(folderOfJob('mx: [x]')).toBe('mxOiBbxXQ');
  });
});

describe('shellSetup', () => {
  const setup = shellSetup(
    [
      { id: '1001', name: 'train' },
      { id: '1002', name: "it's $HOME; exit" },
    ],
    '/its/tools',
  );
  const variables = (env: Record<string, string>) =>
    execFileSync(
      'bash',
      ['-c', `${setup}\necho "$CI_JOB_ID|$CI_PROJECT_DIR|$PATH"`],
      {
        env: { PATH: '/its/tools:/usr/bin:/bin', SHLVL: '1', ...env },
        cwd: '/tmp',
      },
    )
      .toString()
      .trim();

  it('gives scripts of a job its id, its folder and the machine’s own programs', () => {
    expect(variables({ CI_JOB_NAME: 'train' })).toBe(
      '1001|/tmp/.gitlab-ci-local/builds/train|/usr/bin:/bin',
    );
    expect(variables({ CI_JOB_NAME: "it's $HOME; exit" })).toMatch(/^1002\|/);
  });

  it('leaves the executor itself alone', () => {
    expect(variables({})).toBe('||/its/tools:/usr/bin:/bin');
  });
});

import { spawnSync } from 'node:child_process';
import { promises as fs } from 'node:fs';
import path from 'node:path';
import { CiDriver } from './__testUtils__/ciDriver';
import { startEngine, StartedEngine } from './__testUtils__/startEngine';

jest.setTimeout(300_000);

const TOKEN = 'portal-token-4711';
const TRICKY = 'a$b $(ls) `id` "q" {x}; ${HOME}';

describe('CI on this machine', () => {
  let started: StartedEngine;
  const ci = new CiDriver(() => started);
  const asked: string[] = [];

  beforeAll(async () => {
    process.env.DATABASE_PASSWORD = 'of the portal';
    started = await startEngine({
      environments: {
        ensure: async ({ requirementsPath, name }, { onProgress }) => {
          const wanted = (await fs.readFile(requirementsPath, 'utf8')).trim();
          asked.push(`${name}: ${wanted}`);
          onProgress?.(`installing ${wanted}`);
          if (wanted === 'no-such-package')
            throw new Error('no-such-package was not found in the index');
          const bin = path.join(started.home, 'env', 'bin');
          await fs.mkdir(bin, { recursive: true });
          await fs.writeFile(
            path.join(bin, 'python'),
            '#!/bin/sh\necho "python of the environment: $*"\n',
            { mode: 0o755 },
          );
          return { python: path.join(bin, 'python'), bin };
        },
      },
      getCiEnvironment: async repository => ({
        PORTAL_URL: `http://127.0.0.1:7007/of/${repository}`,
        PORTAL_TOKEN: TOKEN,
        TRICKY,
      }),
    });
  });
  afterAll(async () => {
    delete process.env.DATABASE_PASSWORD;
    await started.dispose();
  });

  it('gives jobs GitLab’s variables, those of the portal, and nothing else of it', async () => {
    const { name, headCommit } = await ci.create({
      '.gitlab-ci.yml': `
variables: { CACHE: "$CI_PROJECT_DIR/.cache" }
show:
  image: python:3.11
  script:
    - env | sort
    - test "$CI_PROJECT_DIR" = "$PWD" && echo "the folder is right"
    - mkdir sub && cd sub && test -f "$CI_PROJECT_DIR/README.md" && echo "also from below"
    - echo "cache at $CACHE"
`,
    });
    const pipeline = await ci.ended(name);
    const log = await ci.log(name, pipeline, 'show');
    expect(pipeline).toMatchObject({ state: 'succeeded' });
    for (const line of [
      'CI=true',
      'GITLAB_CI=true',
      `CI_COMMIT_SHA=${headCommit}`,
      'CI_COMMIT_BRANCH=main',
      'CI_DEFAULT_BRANCH=main',
      'CI_COMMIT_TITLE=First version',
      `CI_PROJECT_NAME=${name}`,
      `CI_PROJECT_URL=${started.baseUrl}/${name}`,
      `CI_PIPELINE_ID=${pipeline.id}`,
      `CI_JOB_ID=${pipeline.jobs[0].id}`,
      `PORTAL_URL=http://127.0.0.1:7007/of/${name}`,
      'PORTAL_TOKEN=[masked]',
      `TRICKY=${TRICKY}`,
      'the folder is right',
      'also from below',
      'cache at ./.cache',
    ])
      expect(log.split('\n')).toContain(line);
    expect(log).not.toMatch(
      /DATABASE_PASSWORD|of the portal|GCL_VARIABLE|PORTAL_CI_MASK/,
    );
  });

  it('leaves no secret on disk and shows none on a command line', async () => {
    const { name } = await ci.create({
      '.gitlab-ci.yml': `
show:
  script:
    - 'echo "token $PORTAL_TOKEN" >&2'
    - 'tr "\\0" " " < /proc/$PPID/cmdline; for p in /proc/[0-9]*; do tr "\\0" " " < $p/cmdline; done'
    - exit 1
`,
    });
    const pipeline = await ci.ended(name);
    expect(await ci.log(name, pipeline, 'show')).toContain('token [masked]');
    const { stdout } = spawnSync(
      'grep',
      ['-r', TOKEN, path.join(started.home, 'ci')],
      { encoding: 'utf8' },
    );
    expect(stdout).toBe('');
    expect(await fs.readdir(ci.folder(name, pipeline))).not.toContain('work');
  });

  it('passes artefacts, dotenv reports and rules on, and keeps what an after_script finds', async () => {
    const { name } = await ci.create({
      '.gitlab-ci.yml': `
stages: [build, use]
use:
  stage: use
  needs: [build]
  script: [cat out/model.txt, 'echo "version $VERSION"']
build:
  stage: build
  script:
    - mkdir out && echo "a model" > out/model.txt
    - echo "VERSION=4" > build.env
  after_script: [ls out]
  artifacts:
    paths: [out/]
    reports: { dotenv: build.env }
never:
  stage: use
  rules: [{ if: '$CI_COMMIT_BRANCH == "other"' }]
  script: [echo never]
by-hand:
  stage: use
  when: manual
  script: [echo by hand]
warned:
  stage: use
  allow_failure: true
  script: [exit 2]
`,
    });
    const pipeline = await ci.ended(name);
    const states = pipeline.jobs.map(job => [job.name, job.stage, job.state]);
    expect(states).toEqual([
      ['build', 'build', 'succeeded'],
      ['use', 'use', 'succeeded'],
      ['never', 'use', 'skipped'],
      ['by-hand', 'use', 'skipped'],
      ['warned', 'use', 'failed'],
    ]);
    expect(pipeline).toMatchObject({ state: 'succeeded', reason: undefined });
    const log = await ci.log(name, pipeline, 'use');
    expect(log).toContain('a model\n');
    expect(log).toContain('version 4\n');
    expect(await ci.log(name, pipeline, 'build')).toContain('model.txt\n');
  });

  it('shows jobs that wait and run while logs grow', async () => {
    const gate = path.join(started.home, 'gate');
    const { name } = await ci.create({
      '.gitlab-ci.yml': `
stages: [one, two]
first: { stage: one, script: ['echo begun; until test -e ${gate}; do sleep 0.1; done', 'echo over'] }
second: { stage: two, script: [echo second] }
`,
    });
    const running = await ci.jobRuns(name, 'first');
    expect(running).toMatchObject({ state: 'running' });
    expect(running.jobs.map(({ state }) => state)).toEqual([
      'running',
      'waiting',
    ]);
    await ci.until(name, () => true);
    let log = '';
    while (!log.includes('begun\n')) log = await ci.log(name, running, 'first');
    expect(log).not.toContain('over\n');
    await fs.writeFile(gate, '');
    const pipeline = await ci.ended(name);
    expect(pipeline.state).toBe('succeeded');
    expect(await ci.log(name, pipeline, 'first')).toContain('over\n');
  });

  it('skips what comes after a failure and names the job that failed', async () => {
    const { name } = await ci.create({
      '.gitlab-ci.yml': `
stages: [one, two]
first: { stage: one, script: [echo no, exit 7] }
second: { stage: two, script: [echo second] }
`,
    });
    const pipeline = await ci.ended(name);
    expect(pipeline).toMatchObject({
      state: 'failed',
      reason: expect.stringMatching(/job first failed with exit code 7/),
    });
    expect(pipeline.jobs.map(({ state }) => state)).toEqual([
      'failed',
      'skipped',
    ]);
  });

  it('puts the Python environment of requirements.txt first, as a job of its own', async () => {
    const { name } = await ci.create({
      'requirements.txt': 'scikit-learn==1.7\n',
      '.gitlab-ci.yml': 'train: { script: [python pipelines/run.py] }\n',
    });
    const pipeline = await ci.ended(name);
    expect(asked).toContain(`${name}: scikit-learn==1.7`);
    expect(pipeline.jobs.map(job => [job.name, job.state])).toEqual([
      ['python environment', 'succeeded'],
      ['train', 'succeeded'],
    ]);
    expect(await ci.log(name, pipeline, 'python environment')).toContain(
      'installing scikit-learn==1.7\n',
    );
    expect(await ci.log(name, pipeline, 'train')).toContain(
      'python of the environment: pipelines/run.py\n',
    );
  });

  it('says why a Python environment could not be made', async () => {
    const { name } = await ci.create({
      'requirements.txt': 'no-such-package\n',
      '.gitlab-ci.yml': 'train: { script: [python x.py] }\n',
    });
    const pipeline = await ci.ended(name);
    expect(pipeline).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('Python environment'),
      jobs: [{ state: 'failed' }, { name: 'train', state: 'skipped' }],
    });
    expect(await ci.log(name, pipeline, 'python environment')).toContain(
      'was not found in the index',
    );
  });

  it.each([
    ['is missing', undefined, 'skipped', /has no \.gitlab-ci\.yml/],
    ['is no YAML', 'a: [b', 'failed', /\.gitlab-ci\.yml cannot be run/],
    [
      'has a job without a script',
      'a: { stage: test }',
      'failed',
      /a must have script/,
    ],
    [
      'has an unknown stage',
      'a: { stage: no, script: [b] }',
      'failed',
      /stage/,
    ],
  ])(
    'ends at once, with the reason, when .gitlab-ci.yml %s',
    async (_, text, state, reason) => {
      const { name } = await ci.create(text ? { '.gitlab-ci.yml': text } : {});
      expect(await ci.ended(name)).toMatchObject({
        state,
        reason: expect.stringMatching(reason),
        jobs: [],
      });
    },
  );

  it('does not read the shell settings of whoever started the portal', async () => {
    const before = process.env.HOME;
    process.env.HOME = path.join(started.home, 'person');
    await fs.mkdir(process.env.HOME);
    await fs.writeFile(
      path.join(process.env.HOME, '.bashrc'),
      'export FROM_BASHRC=yes\n',
    );
    try {
      const { name } = await ci.create({
        '.gitlab-ci.yml': 'show: { script: [env] }\n',
      });
      const pipeline = await ci.ended(name);
      expect(await ci.log(name, pipeline, 'show')).not.toContain('FROM_BASHRC');
    } finally {
      process.env.HOME = before;
    }
  });
});

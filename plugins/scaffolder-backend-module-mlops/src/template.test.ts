import { execFile } from 'node:child_process';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import yaml from 'yaml';
import { flights, persian } from './__testUtils__/plans';
import { Portal, startPortal } from './__testUtils__/portal';

jest.setTimeout(180_000);

const run = promisify(execFile);

describe('the template New ML problem', () => {
  let portal: Portal;

  beforeAll(async () => {
    portal = await startPortal();
  });
  afterAll(() => portal?.stop());
  beforeEach(() => portal.hub.reset());

  it.each([
    ['flights', flights],
    ['a table with Persian names', persian],
  ])('makes a repository of %s whose files can be read', async (_, plan) => {
    portal.hub.plan = { errors: [], values: plan };
    const task = await portal.create({ name: plan.name });

    expect(task).toMatchObject({ status: 'completed' });
    const { files } = portal.hub.repositories[plan.name];
    const folder = await mkdtemp(join(tmpdir(), 'repository-'));
    try {
      for (const { path, content } of files) {
        expect(content).not.toMatch(/\$\{\{|\{%-? /);
        await mkdir(dirname(join(folder, path)), { recursive: true });
        await writeFile(join(folder, path), content);
      }
      const python = files.filter(f => f.path.endsWith('.py'));
      expect(python.length).toBeGreaterThan(5);
      await run('python3', [
        '-m',
        'py_compile',
        ...python.map(f => join(folder, f.path)),
      ]);
    } finally {
      await rm(folder, { recursive: true });
    }
    const problem = yaml.parse(
      files.find(f => f.path === 'problem.yaml')!.content,
    );
    expect(problem).toMatchObject({
      name: plan.name,
      title: plan.title,
      target: { column: plan.target },
      columns: plan.columns,
    });
  });

  it('ends with the problem in the catalog and links to what was made', async () => {
    portal.hub.plan = { errors: [], values: flights };
    const task = await portal.create({ name: 'flight-delay' });

    expect(task.output).toMatchObject({
      entityRef: 'mlproblem:default/flight-delay',
      runId: 'run-1',
      cloneUrl: expect.stringMatching(/flight-delay\.git$/),
    });
    expect(task.output.links.map((l: any) => l.url ?? l.entityRef)).toEqual([
      'mlproblem:default/flight-delay',
      expect.stringMatching(/flight-delay$/),
      '/ml/runs/run-1',
    ]);
    const problem = await portal.entity('mlproblem/default/flight-delay');
    expect(problem.spec.riskClass).toBe('limited');
  });

  it('asks the hub as the person who started it', async () => {
    portal.hub.plan = { errors: [], values: flights };
    await portal.create({ name: 'flight-delay' });

    expect(new Set(portal.hub.callers)).toEqual(new Set(['user:default/mock']));
  });

  it('makes nothing of a form that cannot work, and names each field with its reason', async () => {
    portal.hub.plan = {
      errors: [
        { field: 'target', message: 'delay is constant' },
        { field: 'time', message: '100 % of the values are no time' },
      ],
    };
    const task = await portal.create({ name: 'flight-delay' });

    expect(task.status).toBe('failed');
    expect(task.log).toContain(
      'Problem flight-delay cannot be made: target: delay is constant; time: 100 % of the values are no time. Nothing was made',
    );
    expect(portal.hub.calls).toEqual(['POST /sources/plan']);
  });

  it('refuses a taken name and leaves the problem that has it alone', async () => {
    portal.hub.plan = { errors: [], values: { ...flights, name: 'taken' } };
    portal.hub.repositories.taken = { files: [], key: 'of somebody else' };
    const task = await portal.create({ name: 'taken' });

    expect(task.status).toBe('failed');
    expect(task.log).toContain(
      'The hub refuses to make repository taken: taken is taken',
    );
    expect(portal.hub.repositories.taken.key).toBe('of somebody else');
    expect(portal.hub.calls).not.toContain('DELETE /repositories/taken');
  });

  it('leaves nothing half-made when a later step fails, and a retry makes it all', async () => {
    portal.hub.plan = { errors: [], values: { ...flights, name: 'half' } };
    portal.hub.catalogInfo = [
      'apiVersion: mlops-portal.io/v1alpha1',
      'kind: MLProblem',
      'metadata: { name: half }',
      'spec: { type: binary }',
    ].join('\n');
    const task = await portal.create({ name: 'half' });

    expect(task.status).toBe('failed');
    expect(task.log).toMatch(/must have required property 'owner'/);
    expect(portal.hub.repositories).toEqual({});
    expect(await portal.locations()).not.toContainEqual(
      expect.stringContaining('/half/'),
    );

    portal.hub.catalogInfo = undefined;
    expect((await portal.retry(task.id)).status).toBe(201);
    expect(await portal.finished(task.id)).toMatchObject({
      status: 'completed',
    });
    expect(Object.keys(portal.hub.repositories)).toEqual(['half']);
  });

  it('makes one repository when the hub loses its first answers', async () => {
    portal.hub.plan = { errors: [], values: { ...flights, name: 'once' } };
    portal.hub.losesAnswers = 2;
    const task = await portal.create({ name: 'once' });

    expect(task.status).toBe('completed');
    expect(
      portal.hub.calls.filter(call => call === 'POST /repositories'),
    ).toHaveLength(3);
    expect(Object.keys(portal.hub.repositories)).toEqual(['once']);
  });

  it('ends well without a run when the checks of the repository fail', async () => {
    portal.hub.plan = { errors: [], values: { ...flights, name: 'no-run' } };
    portal.hub.runs = [];
    portal.hub.ciState = 'failed';
    const task = await portal.create({ name: 'no-run' });

    expect(task.status).toBe('completed');
    expect(task.output.links.at(-1).url).toBe('/ml/pipelines/no-run');
  });

  it.each([
    ['a name that is no name', { name: 'Flight Delay' }, 'name'],
    ['a rule that is no rule', { name: 'a', positive: 'late' }, 'positive'],
    ['an unknown risk class', { name: 'a', risk: 'enormous' }, 'risk'],
    [
      'a source of an unknown sort',
      { name: 'a', source: { kind: 'tape' } },
      'source',
    ],
  ])('refuses %s before a task starts', async (_, values, field) => {
    const { status, body } = await portal.start(values);

    expect(status).toBe(400);
    expect(JSON.stringify(body.errors)).toContain(field);
  });
});

describe('the template New ML problem where tasks are recovered', () => {
  it('never goes on with a repository that was taken back, and creates anew', async () => {
    const portal = await startPortal({ recovery: true });
    try {
      portal.hub.plan = { errors: [], values: { ...flights, name: 'half' } };
      portal.hub.catalogInfo = 'kind: MLProblem';
      const task = await portal.create({ name: 'half' });
      expect(task.status).toBe('failed');
      expect(portal.hub.repositories).toEqual({});

      portal.hub.catalogInfo = undefined;
      await portal.retry(task.id);
      const retried = await portal.finished(task.id);
      expect(retried.status).toBe('failed');
      expect(retried.log).toContain('create the problem anew');
      expect(portal.hub.repositories).toEqual({});

      const anew = await portal.create({ name: 'half' });
      expect(anew.status).toBe('completed');
      expect(Object.keys(portal.hub.repositories)).toEqual(['half']);
    } finally {
      await portal.stop();
    }
  });
});

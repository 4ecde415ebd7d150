import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import yaml from 'yaml';
import { HubAccess } from '../hub/HubAccess';
import { catalogInfoUrlOf } from '@mlops-portal/plugin-mlops-common';
import { createRepositoryAction } from './createRepository';
import { planProblemAction } from './planProblem';
import { registerProblemAction } from './registerProblem';
import { undoProblemAction } from './undoProblem';
import { waitForFirstRunAction } from './waitForFirstRun';

type Answers = (method: string, path: string) => [number, unknown];

function setup(answers: Answers) {
  const asked: string[] = [];
  const hub = new HubAccess({
    auth: mockServices.auth(),
    discovery: mockServices.discovery(),
    pauseMs: 1,
    fetch: (async (url: string, init: RequestInit) => {
      const path = url.replace(/^.*\/api\/mlops/, '').split('?')[0];
      asked.push(`${init.method} ${path}`);
      const [status, body] = answers(init.method!, path);
      return new Response(JSON.stringify(body), { status });
    }) as typeof fetch,
  });
  const catalog = catalogServiceMock.mock();
  return { hub, catalog, asked };
}

function context(input: Record<string, unknown>, signal?: AbortSignal) {
  const base = createMockActionContext<any, any>({ input });
  const getInitiatorCredentials = async () => mockCredentials.user();
  return { ...base, signal, getInitiatorCredentials };
}

describe('examples', () => {
  const { hub, catalog } = setup(() => [200, {}]);
  const actions = [
    planProblemAction({ hub }),
    createRepositoryAction({ hub }),
    registerProblemAction({ catalog }),
    waitForFirstRunAction({ hub }),
    undoProblemAction({ hub, catalog }),
  ];

  it.each(actions.map(a => [a.id, a] as const))(
    'of %s use the action with inputs that it has',
    (id, action) => {
      expect(action.examples?.length).toBeGreaterThan(0);
      for (const { example } of action.examples ?? []) {
        const [step] = yaml.parse(example).steps;
        const known = Object.keys(action.schema!.input!.properties as object);
        expect(step.action).toBe(id);
        expect(known).toEqual(expect.arrayContaining(Object.keys(step.input)));
      }
    },
  );
});

describe('catalogInfoUrlOf', () => {
  it('points at the file on the default branch, as on GitLab', () => {
    expect(
      catalogInfoUrlOf({
        cloneUrl: 'http://127.0.0.1:7007/api/mlops/git/late.git',
        defaultBranch: 'release/1 0',
      }),
    ).toBe(
      'http://127.0.0.1:7007/api/mlops/git/late/-/blob/release/1%200/catalog-info.yaml',
    );
  });
});

describe('mlops:first-run:wait', () => {
  it('gives the run as soon as it is visible', async () => {
    let looks = 0;
    const { hub } = setup((_, path) =>
      path.endsWith('/runs') && ++looks > 2
        ? [200, { items: [{ id: 'r', number: 1 }], total: 1 }]
        : [200, { items: [], total: 0 }],
    );
    const ctx = context({ name: 'late' });
    await waitForFirstRunAction({ hub, everyMs: 5 }).handler(ctx);

    expect(ctx.output).toHaveBeenCalledWith('runUrl', '/ml/runs/r');
  });

  it('goes on without a run when the time is over, even when the hub fails', async () => {
    const { hub } = setup(() => [503, {}]);
    const ctx = context({ name: 'late', seconds: 0.05 });
    await waitForFirstRunAction({ hub, everyMs: 10 }).handler(ctx);

    expect(ctx.output).toHaveBeenCalledWith('runId', '');
    expect(ctx.output).toHaveBeenCalledWith('runUrl', '/ml/pipelines/late');
  });

  it('stops when the task is cancelled', async () => {
    const controller = new AbortController();
    const { hub } = setup(() => {
      setTimeout(() => controller.abort(), 5);
      return [200, { items: [], total: 0 }];
    });
    const ctx = context({ name: 'late', seconds: 60 }, controller.signal);

    await expect(
      waitForFirstRunAction({ hub, everyMs: 10_000 }).handler(ctx),
    ).rejects.toThrow(/abort/i);
  });
});

describe('mlops:problem:undo', () => {
  const location = {
    id: '1',
    type: 'url',
    target: 'http://git/late/-/blob/main/catalog-info.yaml',
    entityRef: 'location:default/generated-1',
  };

  it('unregisters first and deletes then', async () => {
    const { hub, catalog, asked } = setup(() => [200, { deleted: true }]);
    catalog.getLocationByRef.mockResolvedValue(location);
    catalog.removeLocationById.mockImplementation(async () => {
      asked.push('unregister');
    });
    const ctx = context({ name: 'late', catalogInfoUrl: location.target });
    await undoProblemAction({ hub, catalog }).handler(ctx);

    expect(asked).toEqual(['unregister', 'DELETE /repositories/late']);
    expect(ctx.output).toHaveBeenCalledWith('undone', true);
  });

  it('finds nothing wrong with what is already gone', async () => {
    const { hub, catalog } = setup(() => [404, {}]);
    catalog.getLocationByRef.mockResolvedValue(undefined);
    const ctx = context({ name: 'late', catalogInfoUrl: location.target });
    await undoProblemAction({ hub, catalog }).handler(ctx);

    expect(catalog.removeLocationById).not.toHaveBeenCalled();
    expect(ctx.output).toHaveBeenCalledWith('undone', false);
  });

  it('fails with the reason when the hub keeps the repository', async () => {
    const { hub, catalog } = setup(() => [
      409,
      { error: { message: 'version 1 is in endpoint late' } },
    ]);

    await expect(
      undoProblemAction({ hub, catalog }).handler(context({ name: 'late' })),
    ).rejects.toThrow(/delete repository late: version 1 is in endpoint late/);
  });
});

describe('mlops:problem:register', () => {
  it('refuses a file without a problem and registers nothing', async () => {
    const { catalog } = setup(() => [200, {}]);
    catalog.addLocation.mockResolvedValue({
      location: { id: '1', type: 'url', target: 'x', entityRef: 'l' },
      entities: [],
    });

    await expect(
      registerProblemAction({ catalog }).handler(
        context({ catalogInfoUrl: 'http://git/x' }),
      ),
    ).rejects.toThrow('http://git/x declares no entity of kind MLProblem');
    expect(catalog.addLocation).toHaveBeenCalledTimes(1);
    expect(catalog.addLocation.mock.calls[0][0].dryRun).toBe(true);
  });
});

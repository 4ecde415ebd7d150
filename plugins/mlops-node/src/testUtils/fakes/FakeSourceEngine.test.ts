import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeSourceEngineConformance } from '../sourceEngineConformance';
import { FakeSourceEngine } from './FakeSourceEngine';

const NO_CI = 'the fake runs no CI, tests write what it did';

describeSourceEngineConformance(
  'the fake',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'fake-source-'));
    const engine = new FakeSourceEngine('fake', { ci: false });
    return {
      engine,
      commit: async (...args) => engine.commit(...args),
      content: async kind => {
        const path = join(folder, kind);
        await mkdir(path, { recursive: true });
        await writeFile(join(path, 'README.md'), kind);
        return path;
      },
      token: 'none',
      secret: 'none',
      dispose: () => rm(folder, { recursive: true }),
    };
  },
  {
    'clone-and-push': 'the fake has no Git',
    ci: NO_CI,
    'ci-failure': NO_CI,
    'ci-deletion': NO_CI,
    masking: NO_CI,
  },
);

describe('the fake source engine', () => {
  const options = { signal: new AbortController().signal };

  it('tells the CI and the logs that a test wrote, in parts', async () => {
    const engine = new FakeSourceEngine();
    const contentPath = await mkdtemp(join(tmpdir(), 'fake-source-'));
    await engine.createRepository(
      {
        name: 'late',
        description: '',
        contentPath,
        author: { name: 'Ada', email: 'ada@example.com' },
        commitMessage: 'First',
        idempotencyKey: 'k',
      },
      options,
    );
    await rm(contentPath, { recursive: true });
    const pipeline = { id: '1', jobs: [] } as never;
    engine.ci.set('late', [pipeline]);
    engine.logs.set('late/1/test', 'سلام world');
    const page = { limit: 1, offset: 0 };
    expect(await engine.listCiPipelines('late', page, options)).toEqual({
      items: [pipeline],
      total: 1,
    });
    const at = { repository: 'late', ciPipelineId: '1', jobId: 'test' };
    expect(await engine.getCiLog({ ...at, offset: 9 }, options)).toEqual({
      text: 'world',
      nextOffset: 14,
      complete: true,
    });
  });
});

import { FakeSourceEngine } from '@mlops-portal/plugin-mlops-node/testUtils';
import { eachDatabase } from '../database/__testUtils__/eachDatabase';
import { EngineRegistry } from '../engines/EngineRegistry';
import { EffectStore } from '../jobs/EffectStore';
import { RepositoryService } from './RepositoryService';
import { RepositoryStore } from './RepositoryStore';

jest.setTimeout(60_000);

const { signal } = new AbortController();
const caller = { actor: 'user:default/ada', signal };
const request = {
  name: 'flight-delay',
  description: '',
  files: [{ path: 'src/model.py', content: 'x = 1', executable: false }],
  idempotencyKey: 'task-1-repo',
};
const ci = {
  id: '1',
  commit: 'a'.repeat(40),
  message: 'first',
  author: 'ada',
  branch: 'main',
  state: 'succeeded' as const,
  createdAt: '2026-11-24T10:00:00.000Z',
  jobs: [],
};

describe('RepositoryService', () => {
  eachDatabase(open => {
    const setUp = async (use?: string, engine = new FakeSourceEngine()) => {
      const knex = await open();
      const engines = new EngineRegistry();
      engines.addEngine('source', engine);
      const forget = jest.fn(async () => undefined);
      const service = new RepositoryService({
        engines,
        effects: new EffectStore(knex),
        repositories: new RepositoryStore(knex),
        inUse: async () => use,
        forget,
      });
      return { engine, service, forget };
    };

    it('makes a repository once for one key', async () => {
      const { engine, service } = await setUp();
      const asked = [1, 2, 3].map(() => service.create(request, caller));
      const made = await Promise.all(asked);
      expect(made[0]).toEqual(made[2]);
      expect(engine.calls.createRepository).toBe(1);
      expect(engine.files.get('flight-delay')).toContain('src/model.py');
      expect(made[0]).toMatchObject({ name: 'flight-delay', engine: 'fake' });
    });

    it('refuses a taken name, and a path that leaves the repository before anything is made', async () => {
      const { engine, service } = await setUp();
      await service.create(request, caller);
      const taken = { ...request, idempotencyKey: 'task-2-repo' };
      await expect(service.create(taken, caller)).rejects.toMatchObject({
        name: 'ConflictError',
      });
      const outside = {
        ...request,
        name: 'other',
        files: [{ path: '../x', content: '', executable: false }],
      };
      await expect(service.create(outside, caller)).rejects.toThrow(
        'files.0.path',
      );
      expect(engine.repositories.size).toBe(1);
    });

    it('takes a problem back once, and says when there was nothing', async () => {
      const { engine, service, forget } = await setUp();
      await service.create(request, caller);
      expect(await service.remove('flight-delay', 'undo-key-1', signal)).toBe(
        true,
      );
      expect(await service.remove('flight-delay', 'undo-key-1', signal)).toBe(
        true,
      );
      expect(engine.calls.deleteRepository).toBe(1);
      expect(forget).toHaveBeenCalledWith('flight-delay');
      expect(await service.remove('flight-delay', 'undo-key-2', signal)).toBe(
        false,
      );
    });

    it('keeps a problem that is in use, and says why', async () => {
      const { engine, service } = await setUp(
        'version 1 of it is in an endpoint',
      );
      await service.create(request, caller);
      await expect(
        service.remove('flight-delay', 'undo-key-1', signal),
      ).rejects.toThrow('version 1 of it is in an endpoint');
      expect(engine.repositories.size).toBe(1);
    });

    it('tells what it saw last while the engine does not answer', async () => {
      const { engine, service } = await setUp();
      await service.create(request, caller);
      engine.ci.set('flight-delay', [ci]);
      const page = { limit: 10, offset: 0 };
      const live = await service.listCi('flight-delay', page, signal);
      expect(live).toMatchObject({ total: 1, items: [{ id: '1' }] });
      engine.down = new Error('connection refused');
      const stored = await service.listCi('flight-delay', page, signal);
      expect(stored).toMatchObject({
        total: 1,
        items: [{ id: '1', observedAt: live.items[0].observedAt }],
      });
      expect(await service.get('flight-delay', signal)).toMatchObject({
        name: 'flight-delay',
      });
      await expect(service.get('other', signal)).rejects.toMatchObject({
        name: 'ServiceUnavailableError',
      });
    });

    it('tells what the engine says now where a full disk cannot keep it', async () => {
      const { engine, service } = await setUp();
      await service.create(request, caller);
      const full = Object.assign(new Error('database or disk is full'), {
        code: 'SQLITE_FULL',
      });
      for (const write of ['put', 'putCi'] as const)
        jest.spyOn(RepositoryStore.prototype, write).mockRejectedValue(full);
      const reason = 'the disk of the data folder is full';
      engine.ci.set('flight-delay', [{ ...ci, state: 'waiting', reason }]);
      const page = { limit: 10, offset: 0 };
      expect(await service.listCi('flight-delay', page, signal)).toMatchObject({
        total: 1,
        items: [{ id: '1', reason, observedAt: expect.any(String) }],
      });
      expect(await service.get('flight-delay', signal)).toMatchObject({
        name: 'flight-delay',
      });
      jest.restoreAllMocks();
    });

    it('tells what changed between two commits', async () => {
      const { engine, service } = await setUp();
      const { headCommit: from } = await service.create(request, caller);
      const to = engine.commit(
        'flight-delay',
        { 'src/model.py': 'x = 2' },
        'Two',
      );
      const told = await service.diff('flight-delay', { from, to }, signal);
      expect(told).toMatchObject({
        files: [{ path: 'src/model.py', additions: 1, deletions: 1 }],
        commits: [{ commit: to, message: 'Two' }],
      });
      const unknown = { from, to: 'f'.repeat(40) };
      await expect(
        service.diff('flight-delay', unknown, signal),
      ).rejects.toMatchObject({ name: 'NotFoundError' });
    });

    it('names the command where the engine compares no commits', async () => {
      const { service } = await setUp(
        undefined,
        new FakeSourceEngine('plain', { diff: false }),
      );
      const { headCommit: from } = await service.create(request, caller);
      await expect(
        service.diff('flight-delay', { from, to: from }, signal),
      ).rejects.toMatchObject({
        name: 'NotImplementedError',
        message: expect.stringContaining(`git diff ${from}`),
      });
    });

    it('gives CI logs, and says when there is none', async () => {
      const { engine, service } = await setUp();
      await service.create(request, caller);
      engine.logs.set('flight-delay/1/test', 'ok\n');
      const at = { name: 'flight-delay', ci: '1', job: 'test', offset: 0 };
      expect((await service.ciLog(at, signal)).text).toBe('ok\n');
      await expect(
        service.ciLog({ ...at, job: 'x' }, signal),
      ).rejects.toMatchObject({ name: 'NotFoundError' });
    });
  });
});

import { mockServices } from '@backstage/backend-test-utils';
import { layoutOf } from './capture/layout';
import { MonitoringService } from './MonitoringService';
import { MonitoringStore } from './MonitoringStore';
import { MonitoringWorker } from './MonitoringWorker';

describe('MonitoringWorker', () => {
  function make(addRefused: MonitoringStore['addRefused']) {
    const evaluate = jest.fn(async (_endpoint: string) => true);
    const worker = new MonitoringWorker({
      layout: layoutOf('/nowhere'),
      service: { evaluate } as unknown as MonitoringService,
      store: { addRefused } as unknown as MonitoringStore,
      logger: mockServices.logger.mock(),
    });
    return { worker, evaluate };
  }

  it('writes what was refused once the database takes it, and evaluates meanwhile', async () => {
    let full = true;
    const written = new Map<string, number>();
    const { worker, evaluate } = make(async (endpoint, count) => {
      if (full) throw new Error('database or disk is full');
      written.set(endpoint, (written.get(endpoint) ?? 0) + count);
    });
    worker.countRefused(new Map([['late', 2]]));
    worker.touch('late');
    await worker.round(new AbortController().signal);
    expect(evaluate).toHaveBeenCalledWith('late', expect.anything());
    worker.countRefused(
      new Map([
        ['late', 1],
        ['', 4],
      ]),
    );
    full = false;
    await worker.flush();
    expect([...written]).toEqual([
      ['late', 3],
      ['', 4],
    ]);
  });
});

import { NotFoundError } from '@backstage/errors';
import { FakePipelineEngine } from '@mlops-portal/plugin-mlops-node/testUtils';
import { CircuitBreaker } from './CircuitBreaker';
import { GuardedEngine } from './GuardedEngine';

const { signal } = new AbortController();

function guarded(timeouts?: Record<string, number>) {
  const fake = new FakePipelineEngine();
  const guard = new GuardedEngine('pipelines', fake, timeouts);
  return { fake, guard, ask: () => guard.engine.getRun('x', { signal }) };
}

describe('GuardedEngine', () => {
  it('passes answers and refusals on; both are contact', async () => {
    const { guard, ask } = guarded();
    expect(guard.status()).toMatchObject({ state: 'unknown' });
    await expect(ask()).rejects.toBeInstanceOf(NotFoundError);
    expect(guard.status()).toMatchObject({
      state: 'answering',
      breaker: 'closed',
      lastContact: expect.any(String),
    });
    const { engineRunId } = await guard.engine.startRun(
      { runId: 'a' } as never,
      { signal },
    );
    expect(engineRunId).toBe('fake-a');
  });

  it('leaves an engine alone after five failures in a row', async () => {
    const { fake, guard, ask } = guarded();
    fake.down = new Error('connection refused');
    for (let i = 0; i < 5; i += 1) {
      await expect(ask()).rejects.toMatchObject({
        name: 'ServiceUnavailableError',
        message: expect.stringContaining('connection refused'),
      });
    }
    await expect(ask()).rejects.toThrow('5 times in a row');
    expect(fake.calls.getRun).toBe(5);
    expect(guard.status()).toMatchObject({
      state: 'not-answering',
      breaker: 'open',
      reason: 'connection refused',
    });
  });

  it('is closed again by a check that is answered', async () => {
    const { fake, guard, ask } = guarded();
    fake.down = new Error('no');
    for (let i = 0; i < 5; i += 1) await ask().catch(() => undefined);
    fake.down = undefined;
    await guard.check();
    expect(guard.status()).toMatchObject({
      breaker: 'closed',
      state: 'answering',
      version: 'fake 1',
    });
  });

  it('does not wait for an engine that hangs and ignores its signal', async () => {
    const { fake, guard, ask } = guarded({ getRun: 30 });
    fake.getRun = () => new Promise(() => undefined);
    await expect(ask()).rejects.toThrow('no answer within 0.03 s');
    expect(guard.status().reason).toContain('getRun');
  });

  it('does not blame an engine for a caller that went away', async () => {
    const { fake, guard } = guarded();
    fake.getRun = () => new Promise(() => undefined);
    const caller = new AbortController();
    for (let i = 0; i < 6; i += 1) {
      const call = guard.engine.getRun('x', {
        signal: AbortSignal.any([caller.signal, AbortSignal.timeout(5)]),
      });
      await expect(call).rejects.toBeDefined();
    }
    expect(guard.status().breaker).toBe('closed');
  });
});

describe('CircuitBreaker', () => {
  it('lets one call through after fifteen seconds, and closes when it is answered', () => {
    let now = 0;
    const breaker = new CircuitBreaker('the engine', () => now);
    for (let i = 0; i < 5; i += 1) breaker.failed('down');
    expect(() => breaker.enter()).toThrow('asked again in 15 s');
    now = 15_000;
    expect(breaker.state).toBe('half-open');
    breaker.enter();
    expect(() => breaker.enter()).toThrow('down');
    breaker.succeeded();
    expect(breaker.state).toBe('closed');
    breaker.enter();
  });

  it('opens again when the probe fails', () => {
    let now = 0;
    const breaker = new CircuitBreaker('the engine', () => now);
    for (let i = 0; i < 5; i += 1) breaker.failed('down');
    now = 16_000;
    breaker.enter();
    breaker.failed('still down');
    expect(breaker.state).toBe('open');
    expect(() => breaker.enter()).toThrow('still down');
  });
});

import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isFinal } from '@mlops-portal/plugin-mlops-common';
import { RunSnapshot, StartRun } from '@mlops-portal/plugin-mlops-node';
import { PipelineBench } from './pipelineBench';

const PATIENCE_MS = 120_000;
const POLL_MS = 100;

export const options = { signal: new AbortController().signal };

export function stepOf(run: RunSnapshot, id: string) {
  return run.steps.find(candidate => candidate.id === id)!;
}

/** Starts runs of the tests' pipeline on a bench and waits for them. */
export class RunDriver {
  constructor(
    private readonly bench: PipelineBench,
    /** Secret in every run's environment. */
    readonly token = `token-${randomUUID()}`,
  ) {}

  request(changes: Partial<StartRun> = {}): StartRun {
    return {
      runId: randomUUID(),
      pipeline: 'conformance',
      ...this.bench.fixture,
      parameters: {},
      environment: { CONFORMANCE_TOKEN: this.token },
      cache: true,
      ...changes,
    };
  }

  async start(changes: Partial<StartRun> = {}): Promise<string> {
    const request = this.request(changes);
    return (await this.bench.engine.startRun(request, options)).engineRunId;
  }

  /** A run that is in its first step, and stays there for ten minutes. */
  async startSlow(engine = this.bench.engine): Promise<string> {
    const request = this.request({ parameters: { mode: 'slow' } });
    await engine.startRun(request, options);
    await this.until(
      request.runId,
      run => stepOf(run, 'extract').state === 'running',
    );
    return request.runId;
  }

  async final(id: string, engine = this.bench.engine): Promise<RunSnapshot> {
    return this.until(id, run => isFinal(run.state), engine);
  }

  folderOf(id: string): string {
    return join(this.bench.home, 'runs', id);
  }

  private async until(
    id: string,
    reached: (run: RunSnapshot) => boolean,
    engine = this.bench.engine,
  ): Promise<RunSnapshot> {
    for (const end = Date.now() + PATIENCE_MS; Date.now() < end; ) {
      const run = await engine.getRun(id, options);
      if (reached(run)) {
        return run;
      }
      await sleep(POLL_MS);
    }
    throw new Error(`Run ${id} did not get there in time.`);
  }
}

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import { EndpointStatus } from '@mlops-portal/plugin-mlops-node';
import { PythonEnvironments } from '../../environment';
import { gatewayPaths } from '../../gateway/config';
import { testPort } from './testPort';
import { isAlive, processIdentitySchema } from '../../processes';
import { recordedServers } from '../../gateway/serverProcesses';
import { stopGateway } from '../../gateway/stopGateway';
import {
  LocalServingEngine,
  LocalServingEngineOptions,
} from '../LocalServingEngine';
import { PATIENCE, until } from './until';

export { PATIENCE, until };

/** A data folder, a real serving environment and an engine with its own gateway process. */
export class ServingBench {
  readonly options = { signal: new AbortController().signal };
  private readonly engines: LocalServingEngine[] = [];

  private constructor(
    readonly folder: string,
    readonly home: string,
    readonly port: number,
    readonly python: string,
  ) {}

  static async make(): Promise<ServingBench> {
    const folder = await mkdtemp(join(tmpdir(), 'serving-engine-'));
    // Shared by all test files and made once: environments are named by their content.
    const environments = PythonEnvironments.create({
      home: join(tmpdir(), 'mlops-portal-tests'),
      logger: mockServices.logger.mock(),
    });
    const { python } = await environments.ensure(
      {
        name: 'serving',
        requirementsPath: join(
          __dirname,
          '../../../python/serving/requirements.txt',
        ),
      },
      { signal: AbortSignal.timeout(PATIENCE) },
    );
    const home = join(folder, 'home');
    return new ServingBench(folder, home, await testPort(), python);
  }

  engine(changes: Partial<LocalServingEngineOptions> = {}): LocalServingEngine {
    const engine = LocalServingEngine.create({
      home: this.home,
      port: this.port,
      portalUrl: 'http://127.0.0.1:9',
      getEventToken: () => 'token-of-the-hub',
      environments: { ensure: async () => ({ python: this.python }) },
      logger: mockServices.logger.mock(),
      ...changes,
    });
    this.engines.push(engine);
    return engine;
  }

  /** Process id of the gateway that runs now. */
  async gatewayPid(): Promise<number> {
    const text = await readFile(gatewayPaths(this.home).pid, 'utf8');
    return processIdentitySchema.parse(JSON.parse(text)).pid;
  }

  /** Servers that live now, by revision. */
  async servers(): Promise<Record<string, number>> {
    const servers = await recordedServers(gatewayPaths(this.home).revisions);
    return Object.fromEntries(
      servers
        .filter(({ identity }) => isAlive(identity))
        .map(({ revision, identity }) => [revision, identity.pid]),
    );
  }

  untilStatus(
    engine: LocalServingEngine,
    name: string,
    reached: (status: EndpointStatus) => boolean,
  ): Promise<EndpointStatus> {
    let last: unknown;
    return until(async () => {
      const status = await engine.getStatus(name, this.options).catch(error => {
        last = error;
        return undefined;
      });
      last = status ?? last;
      return status && reached(status) ? status : undefined;
    }, `status of ${name}`).catch(error => {
      throw new Error(`${error.message}, last: ${JSON.stringify(last)}`);
    });
  }

  async dispose() {
    await Promise.all(this.engines.map(engine => engine.close()));
    await stopGateway(this.home);
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** Every revision with a share answers. */
export function answers(status: EndpointStatus): boolean {
  return (
    status.state === 'answering' &&
    status.revisions.every(({ state }) => state === 'answering')
  );
}

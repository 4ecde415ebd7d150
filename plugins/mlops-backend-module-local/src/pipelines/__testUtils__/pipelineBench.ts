import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { mockServices } from '@backstage/backend-test-utils';
import { PipelineFixture } from '@mlops-portal/plugin-mlops-node/testUtils';
import { PythonEnvironments } from '../../environment';
import {
  LocalPipelineEngine,
  LocalPipelineEngineOptions,
} from '../LocalPipelineEngine';

const run = promisify(execFile);
const FIXTURE = join(__dirname, 'repository');

/** A data folder of its own, a repository with the tests' pipeline, and an engine on both. */
export interface PipelineBench {
  home: string;
  fixture: PipelineFixture;
  /** Commits another requirements.txt; answers the commit. */
  commitRequirements(text: string): Promise<string>;
  engine: LocalPipelineEngine;
  /** Another engine on the same folder, as after a restart of the portal. */
  again(changes?: Partial<LocalPipelineEngineOptions>): LocalPipelineEngine;
  dispose(): Promise<void>;
}

export async function makePipelineBench(): Promise<PipelineBench> {
  // Packages are fetched once for all tests, though each has a data folder of its own.
  process.env.UV_CACHE_DIR ??= join(tmpdir(), 'pipeline-engine-uv-cache');
  const root = await mkdtemp(join(tmpdir(), 'pipeline-engine-'));
  const home = join(root, 'home');
  const repository = join(root, 'repository');
  await cp(FIXTURE, repository, { recursive: true });
  const git = async (...args: string[]) =>
    (await run('git', ['-C', repository, ...args])).stdout.trim();
  await git('init', '--quiet');
  await git('add', '--all');
  const commit = async (message: string) => {
    await git(
      ...['-c', 'user.name=Test', '-c', 'user.email=test@example.org'],
      ...['commit', '--quiet', '--all', '--message', message],
    );
    return git('rev-parse', 'HEAD');
  };
  const fixture: PipelineFixture = {
    ir: await readFile(join(FIXTURE, 'pipeline.yaml'), 'utf8'),
    code: {
      cloneUrl: repository,
      commit: await commit('The pipeline of the tests'),
    },
  };
  const logger = mockServices.logger.mock();
  const again = (changes: Partial<LocalPipelineEngineOptions> = {}) =>
    LocalPipelineEngine.create({
      home,
      logger,
      environments: PythonEnvironments.create({ home, logger }),
      ...changes,
    });
  return {
    home,
    fixture,
    commitRequirements: async text => {
      await writeFile(join(repository, 'requirements.txt'), text);
      return commit('Change the requirements');
    },
    engine: again(),
    again,
    dispose: () => rm(root, { recursive: true, force: true }),
  };
}

import { spawn } from 'node:child_process';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { DesiredRevision } from '@mlops-portal/plugin-mlops-node';
import { processEnvironment } from '../environment/processEnvironment';
import { artifactFolder } from './digest';
import { writeDurably } from './durableFile';
import { identify, ProcessIdentity } from '../processes';

const MAX_LOG_BYTES = 5 * 1024 * 1024;

/** Class of `portal_runtime.py` by model format. */
const RUNTIMES: Record<string, string> = {
  onnx: 'portal_runtime.OnnxModel',
  skops: 'portal_runtime.SkopsModel',
};

export const SERVED_FORMATS = Object.keys(RUNTIMES);

export interface ServerFiles {
  folder: string;
  log: string;
  process: string;
}

export function serverFiles(folder: string): ServerFiles {
  return {
    folder,
    log: join(folder, 'server.log'),
    process: join(folder, 'process.json'),
  };
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        resolve(typeof address === 'object' && address ? address.port : 0),
      );
    });
  });
}

/**
 * Writes what MLServer reads at start. The model is loaded through the repository API afterwards: a server that loads at
 * start-up ends when the model is bad, and says that it is ready before.
 */
async function writeSettings(options: {
  folder: string;
  endpoint: string;
  revision: DesiredRevision;
  port: number;
}) {
  const { folder, endpoint, revision, port } = options;
  const settings = {
    host: '127.0.0.1',
    http_port: port,
    // Any free one: this server starts it whether it is wanted or not.
    grpc_port: 0,
    metrics_endpoint: null,
    parallel_workers: 0,
    load_models_at_startup: false,
    gzip_enabled: false,
    debug: false,
  };
  const model = {
    name: endpoint,
    implementation: RUNTIMES[revision.artifact.format],
    parameters: {
      version: revision.version,
      uri: artifactFolder(revision.artifact.uri),
      extra: { sha256: revision.artifact.sha256, revision: revision.id },
    },
  };
  await mkdir(join(folder, endpoint), { recursive: true, mode: 0o700 });
  await writeDurably(join(folder, 'settings.json'), JSON.stringify(settings));
  await writeDurably(
    join(folder, endpoint, 'model-settings.json'),
    JSON.stringify(model),
  );
}

async function openLog(path: string) {
  const size = await stat(path).then(
    file => file.size,
    () => 0,
  );
  if (size > MAX_LOG_BYTES) {
    await rename(path, `${path}.1`);
  }
  return open(path, 'a', 0o600);
}

/**
 * Starts one MLServer for one revision, on the loopback interface and in a process group of its own, so that it outlives
 * this process. The model is not loaded yet.
 */
export async function startServer(options: {
  folder: string;
  endpoint: string;
  revision: DesiredRevision;
  python: string;
  runtimePath: string;
  onExit: (how: string) => void;
}): Promise<{ identity: ProcessIdentity; port: number }> {
  const port = await freePort();
  await writeSettings({ ...options, port });
  const log = await openLog(serverFiles(options.folder).log);
  try {
    const env = {
      ...processEnvironment(),
      PYTHONPATH: options.runtimePath,
      PYTHONUNBUFFERED: '1',
      PYTHONDONTWRITEBYTECODE: '1',
      OMP_NUM_THREADS: '1',
    };
    const child = spawn(
      options.python,
      ['-c', 'from mlserver.cli import main; main()', 'start', options.folder],
      {
        cwd: options.folder,
        detached: true,
        stdio: ['ignore', log.fd, log.fd],
        env,
      },
    );
    await new Promise((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', reject);
    });
    child.once('exit', (code, signal) =>
      options.onExit(signal ? `signal ${signal}` : `exit code ${code}`),
    );
    child.unref();
    const identity = identify(child.pid!);
    if (!identity) {
      throw new Error('the server ended as soon as it was started');
    }
    return { identity, port };
  } finally {
    await log.close();
  }
}

export async function removeServerFiles(folder: string) {
  await rm(folder, { recursive: true, force: true });
}

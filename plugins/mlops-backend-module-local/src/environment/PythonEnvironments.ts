import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import {
  LoggerService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { InputError, ServiceUnavailableError } from '@backstage/errors';
import { z } from 'zod';
import { findPython } from './findPython';
import { processEnvironment } from './processEnvironment';

export interface PythonEnvironment {
  /** Absolute path of the interpreter. */
  python: string;
  /** Absolute path of the folder with the programs of its packages. */
  bin: string;
}

/** Exactly one of `requirementsPath` and `requirementsText`. */
export interface EnvironmentRequest {
  /** Beginning of the folder's name: lower-case letters, digits, dashes. */
  name: string;
  requirementsPath?: string;
  requirementsText?: string;
}

export interface EnsureOptions {
  signal: AbortSignal;
  /** Called with each line that says how far it is. */
  onProgress?: (line: string) => void;
}

const messageSchema = z.union([
  z.object({ progress: z.string() }),
  z.object({ python: z.string(), bin: z.string() }),
  z.object({ error: z.string() }),
]);

/**
 * Python environments from requirements files, made with uv, once per content and Python version, under `<home>/envs`.
 *
 * The work is done by a small Python program, so that detached pipeline runs and the portal share one implementation and one
 * lock (held by the kernel, so a killed process leaves none behind).
 */
export class PythonEnvironments {
  static create(options: {
    home: string;
    logger: LoggerService;
    /** Path of uv; else that in `<home>/tools`, on PATH, or installed from the package index. */
    uvPath?: string;
    /** Path of Python >= 3.10; else the first on PATH. */
    pythonPath?: string;
  }): PythonEnvironments {
    return new PythonEnvironments(
      resolve(options.home),
      options.logger,
      options.uvPath,
      options.pythonPath,
    );
  }

  private constructor(
    readonly home: string,
    private readonly logger: LoggerService,
    readonly uvPath: string | undefined,
    readonly pythonPath: string | undefined,
  ) {}

  /** Absolute path of the Python that environments are made from; NotFoundError if there is none. */
  async interpreter(signal: AbortSignal): Promise<string> {
    return findPython(this, signal);
  }

  /** ServiceUnavailableError says in one sentence why it cannot be made. Aborting ends the installation. */
  async ensure(
    request: EnvironmentRequest,
    options: EnsureOptions,
  ): Promise<PythonEnvironment> {
    if (!/^[a-z0-9][a-z0-9-]{0,40}$/.test(request.name)) {
      throw new InputError(
        `The environment's name '${request.name}' must be lower-case letters, digits and dashes, at most 41.`,
      );
    }
    const text = await requirementsOf(request);
    const program = resolvePackagePath(
      '@mlops-portal/plugin-mlops-backend-module-local',
      'python/runner/environment.py',
    );
    options.signal.throwIfAborted();
    const python = await this.interpreter(options.signal);
    await this.makeHome();
    const child = spawn(
      python,
      ['-X', `pycache_prefix=${this.home}/cache/bytecode`, program],
      {
        // Who stops the portal knows its helpers by their folder.
        cwd: this.home,
        env: processEnvironment(),
        stdio: ['pipe', 'pipe', 'pipe'],
        detached: true,
      },
    );
    const input = { home: this.home, name: request.name, text };
    child.stdin.on('error', () => {}); // its end is reported by the exit code
    child.stdin.end(JSON.stringify({ ...input, uv: this.uvPath }));
    const abort = () => endGroup(child);
    options.signal.addEventListener('abort', abort);
    try {
      return await this.listen(child, request.name, options);
    } finally {
      options.signal.removeEventListener('abort', abort);
    }
  }

  private async makeHome() {
    try {
      await mkdir(this.home, { recursive: true });
    } catch (error) {
      throw new ServiceUnavailableError(
        `The data folder ${this.home} cannot be made. Free space or set another one.`,
        error,
      );
    }
  }

  private async listen(
    child: ChildProcess,
    name: string,
    options: EnsureOptions,
  ): Promise<PythonEnvironment> {
    let made: PythonEnvironment | undefined;
    let reason = '';
    child.stderr!.on('data', data => {
      reason = `${reason}${data}`.slice(-2000);
    });
    const closed = once(child, 'close');
    for await (const line of createInterface({ input: child.stdout! })) {
      const message = messageSchema.parse(JSON.parse(line));
      if ('progress' in message) {
        this.logger.debug(`${name}: ${message.progress}`);
        options.onProgress?.(message.progress);
      } else if ('error' in message) {
        reason = message.error;
      } else {
        made = message;
      }
    }
    await closed;
    options.signal.throwIfAborted();
    if (!made) {
      throw new ServiceUnavailableError(
        `The Python environment '${name}' could not be made. ${reason.trim()}`,
      );
    }
    return made;
  }
}

async function requirementsOf(request: EnvironmentRequest): Promise<string> {
  const { requirementsPath, requirementsText, name } = request;
  if ((requirementsPath === undefined) === (requirementsText === undefined)) {
    throw new InputError(
      `The environment '${name}' needs either requirementsPath or requirementsText.`,
    );
  }
  if (requirementsText !== undefined) {
    return requirementsText;
  }
  try {
    return await readFile(requirementsPath!, 'utf8');
  } catch (error) {
    throw new InputError(
      `The requirements file ${requirementsPath} of the environment '${name}' cannot be read.`,
      error,
    );
  }
}

/** uv is a child of the program, so the whole group goes. */
function endGroup(child: ChildProcess) {
  try {
    process.kill(-child.pid!, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}

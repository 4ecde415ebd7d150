import { execFile, spawn } from 'node:child_process';
import { PassThrough, type Readable } from 'node:stream';
import { ForwardedError } from '@backstage/errors';

const DEFAULT_TIMEOUT_MS = 60_000;
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

export interface GitOptions {
  /** The bare repository. */
  gitDir?: string;
  cwd?: string;
  env?: Record<string, string>;
  input?: string;
  signal?: AbortSignal;
  timeoutMs?: number;
}

/** git without anybody's own settings: what a repository holds must not depend on who started the portal. */
export function gitEnvironment(
  extra: Record<string, string> = {},
): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    TMPDIR: process.env.TMPDIR,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    LC_ALL: 'C',
    ...extra,
  };
}

function fullArguments(args: string[], gitDir?: string): string[] {
  return gitDir ? [`--git-dir=${gitDir}`, ...args] : args;
}

/** Runs git to its end and returns what it printed, at most 64 MiB. ForwardedError with git's own words when it fails. */
export async function git(
  args: string[],
  options: GitOptions = {},
): Promise<Buffer> {
  const { gitDir, cwd, env, input, signal, timeoutMs } = options;
  signal?.throwIfAborted();
  return new Promise((resolve, reject) => {
    const child = execFile(
      'git',
      fullArguments(args, gitDir),
      {
        cwd,
        env: gitEnvironment(env),
        signal,
        timeout: timeoutMs ?? DEFAULT_TIMEOUT_MS,
        maxBuffer: MAX_OUTPUT_BYTES,
        encoding: 'buffer',
      },
      (error, stdout, stderr) => {
        if (!error) {
          resolve(stdout);
          return;
        }
        const said = stderr.toString('utf8').trim().split('\n').slice(-3);
        reject(
          signal?.aborted
            ? signal.reason
            : new ForwardedError(
                `git ${args[0]} failed: ${said.join(' ') || 'no message'}`,
                error,
              ),
        );
      },
    );
    child.stdin?.on('error', () => {});
    child.stdin?.end(input ?? '');
  });
}

/** Like `git`, as trimmed text. */
export async function gitText(
  args: string[],
  options: GitOptions = {},
): Promise<string> {
  return (await git(args, options)).toString('utf8').trimEnd();
}

/** Streams git's output, for archives. The stream fails when git does. */
export function gitStream(args: string[], options: GitOptions): Readable {
  const child = spawn('git', fullArguments(args, options.gitDir), {
    env: gitEnvironment(options.env),
    signal: options.signal,
    timeout: options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = new PassThrough();
  let said = '';
  child.stderr.on('data', (data: Buffer) => {
    said = (said + data.toString('utf8')).slice(-1000);
  });
  child.stdout.pipe(output, { end: false });
  // Its exit code comes after the end of its output, and only that says whether the output is whole.
  child.on('error', error => output.destroy(error));
  child.on('close', code => {
    if (code === 0) output.end();
    else output.destroy(new Error(`git ${args[0]} failed: ${said.trim()}`));
  });
  output.on('close', () => child.kill());
  return output;
}

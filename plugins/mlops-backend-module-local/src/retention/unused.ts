import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { z } from 'zod';
import { processEnvironment } from '../environment/processEnvironment';

const LIMIT_MS = 10 * 60_000;

const answerSchema = z.object({
  environments: z.array(z.string()),
  code: z.array(z.string()),
});
/** Names of folders below `envs` and `code` that went. */
export type Unused = z.infer<typeof answerSchema>;

/**
 * Removes Python environments and checked-out code that no run, CI job or endpoint has used for `days`. The work is done by a
 * small Python program, because it shares the kernel's locks with those who make them.
 */
export async function removeUnused(options: {
  home: string;
  days: number;
  /** Path of Python. */
  python: string;
  signal: AbortSignal;
}): Promise<Unused> {
  const { home, days, python, signal } = options;
  const program = resolvePackagePath(
    '@mlops-portal/plugin-mlops-backend-module-local',
    'python/runner/prune.py',
  );
  const asked = promisify(execFile)(
    python,
    ['-X', `pycache_prefix=${home}/cache/bytecode`, program],
    { cwd: home, env: processEnvironment(), signal, timeout: LIMIT_MS },
  );
  asked.child.stdin?.on('error', () => {}); // its end is reported by the exit code
  asked.child.stdin?.end(JSON.stringify({ home, days }));
  return answerSchema.parse(JSON.parse((await asked).stdout));
}

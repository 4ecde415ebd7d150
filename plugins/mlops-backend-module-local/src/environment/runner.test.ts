import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { findPython } from './findPython';

it('passes the tests of its Python side', async () => {
  const cwd = resolvePackagePath(
    '@mlops-portal/plugin-mlops-backend-module-local',
    'python/runner',
  );
  const python = await findPython({ home: cwd }, new AbortController().signal);
  const { stderr } = await promisify(execFile)(
    python,
    ['-B', '-m', 'unittest'],
    { cwd, timeout: 100_000 },
  );
  expect(stderr).toMatch(/Ran \d\d tests[^]*\nOK/);
}, 120_000);

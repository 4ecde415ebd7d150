import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runToEnd } from './processes.mjs';
import { ensurePython } from './python.mjs';
import { ROOT } from './settings.mjs';
import { step } from './terminal.mjs';

/** Python with what the templates pin and what their tests need beside it; made once for each state of the two lists. */
export async function pythonTestEnvironment() {
  const lists = [
    join(ROOT, 'templates/tabular/content/requirements.txt'),
    join(ROOT, 'templates/tests/requirements.txt'),
  ];
  const digest = createHash('sha256')
    .update(lists.map(file => readFileSync(file)).join('\n'))
    .digest('hex')
    .slice(0, 12);
  const folder = join(ROOT, '.tools', `python-tests-${digest}`);
  const python = join(folder, 'bin', 'python');
  const marker = join(folder, '.complete');
  if (existsSync(marker)) return python;
  const base = await ensurePython(join(ROOT, '.tools'));
  await step('Making the Python environment of the tests', async tell => {
    mkdirSync(join(ROOT, '.tools'), { recursive: true });
    const onLine = tell;
    await runToEnd(base, ['-m', 'venv', folder], { cwd: ROOT, onLine });
    await runToEnd(python, ['-m', 'pip', 'install', '-q', 'uv'], {
      cwd: ROOT,
      onLine,
    });
    const index = await pipIndex(python);
    await runToEnd(
      join(folder, 'bin', 'uv'),
      [
        'pip',
        'install',
        '-q',
        '--python',
        python,
        ...lists.flatMap(file => ['-r', file]),
      ],
      {
        cwd: ROOT,
        env: { ...process.env, ...(index ? { UV_DEFAULT_INDEX: index } : {}) },
        onLine,
      },
    );
    writeFileSync(marker, '');
  });
  return python;
}

/** uv does not read pip's settings: the machine's own index is handed on. */
async function pipIndex(python) {
  const lines = [];
  try {
    await runToEnd(python, ['-m', 'pip', 'config', 'get', 'global.index-url'], {
      cwd: ROOT,
      onLine: line => lines.push(line),
    });
  } catch {
    return process.env.PIP_INDEX_URL;
  }
  return lines.at(-1);
}

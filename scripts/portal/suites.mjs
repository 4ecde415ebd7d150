import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildApp } from './install.mjs';
import { runToEnd } from './processes.mjs';
import { pythonTestEnvironment } from './testEnvironment.mjs';
import { ROOT } from './settings.mjs';

const passed = { passed: 1, failed: 0 };

/** A check that says only yes or no. */
async function check(command, args, env = process.env) {
  await runToEnd(command, args, { cwd: ROOT, env, passThrough: true });
  return passed;
}

/** Jest over every package; its JSON report is the count. */
async function jest() {
  const folder = mkdtempSync(join(tmpdir(), 'portal-jest-'));
  const report = join(folder, 'report.json');
  try {
    await runToEnd(
      'yarn',
      [
        'backstage-cli',
        'repo',
        'test',
        '--json',
        `--outputFile=${report}`,
        '--maxWorkers=2',
        '--silent=false',
      ],
      {
        cwd: ROOT,
        env: { ...process.env, CI: '1' },
        passThrough: true,
      },
    ).catch(error => {
      if (!existsSync(report)) throw error;
    });
    return jestResult(JSON.parse(readFileSync(report, 'utf8')));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function jestResult(report) {
  const broken = report.testResults.filter(
    file => file.status === 'failed' && !file.assertionResults.length,
  ).length;
  const skipped = report.testResults
    .flatMap(file => file.assertionResults)
    .filter(test => test.status === 'pending' || test.status === 'todo');
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken,
    skipped: skipped.map(test => test.fullName),
  };
}

/** The repositories that the template makes: their own tests and whole local runs. */
async function templates() {
  const python = await pythonTestEnvironment();
  const folder = mkdtempSync(join(tmpdir(), 'portal-pytest-'));
  const report = join(folder, 'report.xml');
  try {
    await runToEnd(
      python,
      [
        '-m',
        'pytest',
        '-q',
        'templates/tests',
        '-n',
        String(Math.min(availableParallelism(), 4)),
        `--junitxml=${report}`,
      ],
      {
        cwd: ROOT,
        env: { ...process.env, OMP_NUM_THREADS: '1' },
        passThrough: true,
      },
    ).catch(error => {
      if (!existsSync(report)) throw error;
    });
    return junitResult(readFileSync(report, 'utf8'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function junitResult(xml) {
  const number = name =>
    Number(
      new RegExp(`<testsuite [^>]*\\b${name}="(\\d+)"`).exec(xml)?.[1] ?? 0,
    );
  const failed = number('failures') + number('errors');
  const skipped = [...xml.matchAll(/<skipped [^>]*message="([^"]*)"/g)].map(
    match => match[1],
  );
  return {
    passed: number('tests') - failed - number('skipped'),
    failed,
    skipped,
  };
}

/** Files of node:test, `atOnce` of them at the same time. */
async function nodeTests(folder, atOnce = 1) {
  const lines = [];
  await runToEnd(
    process.execPath,
    [
      '--test',
      `--test-concurrency=${atOnce}`,
      '--test-reporter=spec',
      `${folder}/*.test.mjs`,
    ],
    {
      cwd: ROOT,
      onLine: line => {
        lines.push(line);
        console.log(line);
      },
    },
  ).catch(() => {});
  const number = name =>
    Number(
      lines
        .findLast(line => new RegExp(`^ℹ ${name} \\d+`).test(line))
        ?.split(' ')[2] ?? NaN,
    );
  const result = {
    passed: number('pass'),
    failed: number('fail') + number('cancelled'),
  };
  if (Number.isNaN(result.passed))
    throw new Error(`${folder}: the tests ended without a result`);
  return result;
}

/** In the order of what fails fastest. */
export const suites = [
  { name: 'types', title: 'TypeScript', run: () => check('yarn', ['tsc']) },
  {
    name: 'lint',
    title: 'ESLint in every package',
    run: () =>
      check('yarn', ['backstage-cli', 'repo', 'lint', '--max-warnings', '0']),
  },
  {
    name: 'boundaries',
    title: 'who may import what',
    run: () =>
      check('yarn', [
        'depcruise',
        '--config',
        '.dependency-cruiser.cjs',
        'packages',
        'plugins',
      ]),
  },
  {
    name: 'unused',
    title: 'files and dependencies that nothing uses',
    run: () => check('yarn', ['knip', '--no-progress', '--no-config-hints']),
  },
  {
    name: 'unit',
    title: 'unit, module, store and conformance tests',
    run: jest,
  },
  {
    name: 'templates',
    title: 'repositories made from the templates',
    run: templates,
  },
  {
    name: 'scripts',
    title: 'the portal command',
    run: () => nodeTests('scripts/tests'),
  },
  {
    name: 'e2e',
    title: 'the whole loop in a real browser',
    run: async () => {
      // Before two portals start at the same time and each wants to build it.
      await buildApp();
      // Each file has a portal of its own and waits for it most of the time.
      return nodeTests('e2e', 2);
    },
  },
];

import { suites } from './suites.mjs';
import { install } from './install.mjs';
import { Failure } from './terminal.mjs';

/** Runs every suite, or those that are named, and ends with one line that adds them up. */
export async function run(args) {
  const unknown = args.filter(
    name => !suites.some(suite => suite.name === name),
  );
  if (unknown.length) {
    throw new Failure(
      `there is no suite "${unknown[0]}"; there are: ${suites
        .map(suite => suite.name)
        .join(', ')}`,
    );
  }
  await install();
  const chosen = suites.filter(
    suite => !args.length || args.includes(suite.name),
  );
  const results = [];
  for (const suite of chosen) {
    const started = Date.now();
    console.log(`\n=== ${suite.name}: ${suite.title}`);
    let result;
    try {
      result = await suite.run();
    } catch (error) {
      console.error(error.stack ?? error);
      result = { passed: 0, failed: 1, skipped: [] };
    }
    results.push({
      name: suite.name,
      seconds: Math.round((Date.now() - started) / 1000),
      ...result,
    });
  }
  console.log('');
  for (const { name, passed, failed, skipped = [], seconds } of results) {
    console.log(
      `${failed ? '✗' : '✓'} ${name}: ${passed} passed, ${failed} failed${
        skipped.length ? `, ${skipped.length} skipped` : ''
      } (${seconds} s)`,
    );
    for (const reason of skipped) console.log(`    skipped: ${reason}`);
  }
  const sum = key => results.reduce((total, result) => total + result[key], 0);
  console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
  return sum('failed') ? 1 : 0;
}

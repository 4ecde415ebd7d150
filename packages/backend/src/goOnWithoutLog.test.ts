import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';

/** Counts, as exit code, what a process with its output on a full disk would log as uncaught. */
const PROGRAM = `
  let uncaught = 0;
  process.on('uncaughtException', () => { uncaught += 1; });
  import(process.argv[1]).then(({ goOnWithoutLog }) => {
    if (process.argv[2] === 'on') goOnWithoutLog([process.stdout]);
    process.stdout.write('a line\\n');
    setTimeout(() => process.exit(uncaught), 50);
  });
`;

async function uncaughtWith(guard: 'on' | 'off'): Promise<number> {
  const full = openSync('/dev/full', 'w');
  try {
    const child = spawn(
      process.execPath,
      ['-e', PROGRAM, require.resolve('./goOnWithoutLog.ts'), guard],
      { stdio: ['ignore', full, 'ignore'] },
    );
    const [code] = await once(child, 'exit');
    return code;
  } finally {
    closeSync(full);
  }
}

it('takes a line that the disk of the log refuses for lost, not for an error of the portal', async () => {
  expect(await uncaughtWith('off')).toBe(1);
  expect(await uncaughtWith('on')).toBe(0);
}, 30_000);

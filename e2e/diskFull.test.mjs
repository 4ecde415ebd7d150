import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { onDisk } from '../scripts/tests/command.mjs';
import { ROOT } from './portal.mjs';

const MINUTES = 60_000;

it(
  'a portal on a full disk answers, loses nothing it has acknowledged, says what to do, and goes on with space',
  { timeout: 12 * MINUTES },
  async t => {
    const disk = mkdtempSync(join(tmpdir(), 'portal-disk-'));
    const inside = onDisk(disk, '3600m');
    if (!inside) {
      rmSync(disk, { recursive: true });
      return t.skip('this machine gives no mounts of one process');
    }
    const [command, ...before] = inside;
    const child = spawn(command, [
      ...before,
      process.execPath,
      join(ROOT, 'e2e/bad/onFullDisk.mjs'),
      disk,
    ]);
    let said = '';
    for (const output of [child.stdout, child.stderr])
      output.on('data', chunk => {
        said += chunk;
      });
    const code = await new Promise(resolve => child.on('close', resolve));
    rmSync(disk, { recursive: true, force: true });
    assert.equal(code, 0, said);
    assert.match(said, /every database is whole/);
    return undefined;
  },
);

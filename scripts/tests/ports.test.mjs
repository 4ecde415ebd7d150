import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import net from 'node:net';
import { describe, it } from 'node:test';
import { promisify } from 'node:util';
import { reservePort } from './ports.mjs';

const module = new URL('./ports.mjs', import.meta.url).href;

/** Ports that another process reserves and prints before it ends. */
async function reservedElsewhere(count) {
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--input-type=module',
    '--eval',
    `import { reservePort } from ${JSON.stringify(module)};
     for (let i = 0; i < ${count}; i++) console.log(await reservePort());`,
  ]);
  return stdout.trim().split('\n').map(Number);
}

describe('ports of tests', () => {
  it('are given to one process at a time', async () => {
    const mine = [await reservePort(), await reservePort()];
    const both = await Promise.all([
      reservedElsewhere(3),
      reservedElsewhere(3),
    ]);
    for (const theirs of both)
      assert.deepEqual(
        theirs.filter(port => mine.includes(port)),
        [],
      );
    assert.notEqual(mine[0], mine[1]);
  });

  it('are never those of outgoing connections', async t => {
    const [lowest] = readFileSync('/proc/sys/net/ipv4/ip_local_port_range')
      .toString()
      .split(/\s+/)
      .map(Number);
    if (lowest <= 20_000)
      return t.skip(`connections of this machine take any port from ${lowest}`);
    assert.ok((await reservePort()) < lowest);
    return undefined;
  });

  it('are free for the program that is started on them', async () => {
    const port = await reservePort();
    const server = net.createServer();
    await new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
    assert.notEqual(await reservePort(), port);
    server.close();
  });
});

import { readFileSync } from 'node:fs';
import net from 'node:net';
import { portProblem } from '../portal/processes.mjs';

const FIRST = 20_000;
const LAST = 29_999;

/** Held until this process ends. */
const claims = [];

/**
 * A port for a portal of a test, which nobody else gets while this process lives: no other test, since it is claimed, and no
 * outgoing connection, since those take theirs from another range. It stays free between a stop and the next start.
 */
export async function reservePort() {
  const last = Math.min(LAST, lowestOfConnections() - 1);
  // A machine whose connections take any port has none that is safe from them.
  for (let port = FIRST; port <= (last < FIRST ? LAST : last); port += 1) {
    const claim = await claimOf(port);
    if (!claim) continue;
    if (await portProblem(port)) {
      claim.close();
      continue;
    }
    claims.push(claim);
    return port;
  }
  throw new Error(
    `no port from ${FIRST} to ${LAST} is free for a test; end the programs that hold them`,
  );
}

/** A socket with a name but no file: two processes cannot have it, and none is left by one that was killed. */
function claimOf(port) {
  return new Promise(resolve => {
    const server = net.createServer();
    server.once('error', () => resolve(undefined));
    server.listen(`\0portal-test-port-${port}`, () => resolve(server.unref()));
  });
}

function lowestOfConnections() {
  try {
    const range = readFileSync('/proc/sys/net/ipv4/ip_local_port_range');
    return parseInt(range.toString(), 10);
  } catch {
    return LAST + 1;
  }
}

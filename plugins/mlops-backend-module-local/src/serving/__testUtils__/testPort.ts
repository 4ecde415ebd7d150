import { createServer } from 'node:net';

const FIRST = 20_000;
const SPAN = 500;
let next = Math.floor(Math.random() * SPAN);

/**
 * A port that this test process keeps to itself: below the range that the system hands out, and apart from that of the other
 * test processes, so that nothing takes it between two starts of the same gateway.
 */
export async function testPort(): Promise<number> {
  const worker = Number(process.env.JEST_WORKER_ID ?? 1) % 20;
  for (let tries = 0; tries < SPAN; tries += 1) {
    next = (next + 1) % SPAN;
    const port = FIRST + worker * SPAN + next;
    if (await isFree(port)) return port;
  }
  throw new Error(`no port from ${FIRST + worker * SPAN} on is free`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

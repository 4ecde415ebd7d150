/**
 * What the prediction gateway costs: the same MLServer with the same ONNX model, asked directly and through the gateway, in
 * turns, in one run. The gateway checks every request, keeps both events of every prediction on disk and sends them on.
 *
 *   node bench/gateway.mjs [--requests 2000] [--python <python of a serving environment>]
 *
 * Prints one line per case and ends with 1 if any request failed. Ratios are what counts: times hang on the machine.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { Agent, createServer, request } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';

const require = createRequire(import.meta.url);
// The gateway's own sources are TypeScript.
require('@backstage/cli/config/nodeTransform.cjs');
const source = name =>
  require(`../plugins/mlops-backend-module-local/src/${name}`);

const { values: options } = parseArgs({
  options: {
    requests: { type: 'string', default: '2000' },
    python: { type: 'string' },
  },
});
const ROUNDS = 5;
const COLUMNS = Array.from({ length: 9 }, (_, i) => `number_${i}`);
const quiet = {
  debug() {},
  info() {},
  warn: console.warn,
  error: console.error,
};

function body(rows) {
  const shape = [rows, 1];
  const column = (datatype, value) => ({
    datatype,
    shape,
    data: Array.from({ length: rows }, (_, row) => value(row)),
  });
  return JSON.stringify({
    inputs: [
      ...COLUMNS.map((name, i) => ({
        name,
        ...column('FP32', row => (row % 50 === i ? null : row / 7 + i)),
      })),
      { name: 'origin', ...column('BYTES', row => (row % 2 ? 'SFO' : 'JFK')) },
    ],
  });
}

function ask(agent, port, payload) {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const outgoing = request({
      host: '127.0.0.1',
      port,
      agent,
      method: 'POST',
      path: '/v2/models/bench/infer',
      headers: {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(payload),
      },
    });
    outgoing.on('error', reject);
    outgoing.on('response', incoming => {
      incoming.resume();
      incoming.on('end', () =>
        resolve({
          ok: incoming.statusCode === 200,
          ms: performance.now() - started,
        }),
      );
    });
    outgoing.end(payload);
  });
}

async function load(port, payload, clients, count) {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const times = [];
  let failed = 0;
  let left = count;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (left-- > 0) {
        const { ok, ms } = await ask(agent, port, payload);
        times.push(ms);
        failed += ok ? 0 : 1;
      }
    }),
  );
  agent.destroy();
  return { times, failed, seconds: (performance.now() - started) / 1000 };
}

function summary(rounds) {
  const times = rounds.flatMap(round => round.times).sort((a, b) => a - b);
  const at = q =>
    times[Math.min(times.length - 1, Math.floor(q * times.length))];
  const seconds = rounds.reduce((sum, round) => sum + round.seconds, 0);
  return {
    p50: at(0.5),
    p99: at(0.99),
    perSecond: times.length / seconds,
    failed: rounds.reduce((sum, round) => sum + round.failed, 0),
  };
}

async function measure(title, ports, rows, clients, count) {
  const payload = body(rows);
  const rounds = { direct: [], gateway: [] };
  for (const port of Object.values(ports)) {
    await load(port, payload, clients, Math.ceil(count / 10));
  }
  for (let round = 0; round < ROUNDS; round++) {
    for (const [way, port] of Object.entries(ports)) {
      rounds[way].push(
        await load(port, payload, clients, Math.ceil(count / ROUNDS)),
      );
    }
  }
  const direct = summary(rounds.direct);
  const gateway = summary(rounds.gateway);
  const show = one =>
    `p50 ${one.p50.toFixed(2)} ms, p99 ${one.p99.toFixed(
      2,
    )} ms, ${one.perSecond.toFixed(0)}/s`;
  const ratio = key => (gateway[key] / direct[key]).toFixed(2);
  console.log(
    `${title.padEnd(24)} MLServer ${show(direct)} | gateway ${show(
      gateway,
    )} | ratio p50 ${ratio('p50')} p99 ${ratio('p99')}`,
  );
  return direct.failed + gateway.failed;
}

/** Takes captured predictions like the hub, and counts them. */
async function makeReceiver() {
  const received = { events: 0, port: 0, close: () => server.close() };
  const server = createServer((incoming, response) => {
    const chunks = [];
    incoming.on('data', chunk => chunks.push(chunk));
    incoming.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      received.events += text.split('"specversion"').length - 1;
      response.end('{}');
    });
  });
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  received.port = server.address().port;
  return received;
}

async function main() {
  const { lateFlights } = source('serving/__testUtils__/artifact.ts');
  const { LocalServingEngine } = source('serving');
  const { PythonEnvironments } = source('environment');
  const { freePort } = source('gateway/mlserver.ts');
  const { stopGateway } = source('gateway/stopGateway.ts');
  const folder = await mkdtemp(join(tmpdir(), 'gateway-bench-'));
  const home = join(folder, 'home');
  const receiver = await makeReceiver();
  const environments = options.python
    ? { ensure: async () => ({ python: options.python }) }
    : PythonEnvironments.create({
        home: join(tmpdir(), 'mlops-portal-tests'),
        logger: quiet,
      });
  const port = await freePort();
  const engine = LocalServingEngine.create({
    home,
    port,
    portalUrl: `http://127.0.0.1:${receiver.port}`,
    getEventToken: () => 'bench',
    environments,
    logger: quiet,
  });
  const signal = AbortSignal.timeout(15 * 60_000);
  let failed = 0;
  try {
    const revision = lateFlights(join(folder, 'v1'), { numbers: COLUMNS });
    await engine.apply(
      {
        name: 'bench',
        generation: 1,
        revisions: [revision],
        traffic: [{ revisionId: revision.id, percent: 100 }],
      },
      { signal },
    );
    while (
      (await engine.getStatus('bench', { signal })).state !== 'answering'
    ) {
      await wait(100);
    }
    const note = join(
      home,
      'gateway/revisions/bench',
      revision.id,
      'process.json',
    );
    const server = JSON.parse(await readFile(note, 'utf8'));
    const ports = { direct: server.port, gateway: port };
    const count = Number(options.requests);
    failed += await measure('1 row, 1 client', ports, 1, 1, count);
    failed += await measure('1 row, 8 clients', ports, 1, 8, count * 2);
    failed += await measure('1000 rows, 1 client', ports, 1000, 1, count / 10);
    failed += await measure('1000 rows, 4 clients', ports, 1000, 4, count / 5);
    const [{ requests, captured }] = (
      await engine.getStatus('bench', { signal })
    ).revisions;
    const until = Date.now() + 60_000;
    while (receiver.events < 2 * captured && Date.now() < until) {
      await wait(100);
    }
    console.log(
      `${requests} predictions, ${captured} captured, ${
        receiver.events / 2
      } delivered to the hub, ${failed} failed`,
    );
    failed += requests - captured;
  } finally {
    await engine.close();
    await stopGateway(home);
    receiver.close();
    await rm(folder, { recursive: true, force: true });
  }
  process.exitCode = failed > 0 ? 1 : 0;
}

await main();

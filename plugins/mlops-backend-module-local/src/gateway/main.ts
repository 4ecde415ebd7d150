import { writeSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { GatewayConfig, gatewayConfigSchema } from './config';
import { Gateway } from './gateway';
import { stopGateway } from './stopGateway';

async function readConfig(path: string | undefined): Promise<GatewayConfig> {
  if (!path) {
    throw new Error('Give the path of a JSON file with the configuration');
  }
  return gatewayConfigSchema.parse(JSON.parse(await readFile(path, 'utf8')));
}

/** The log is a file: on a full disk its lines are lost, and predictions go on. */
function log(message: string) {
  try {
    writeSync(1, `${new Date().toISOString()} ${message}\n`);
  } catch {
    // There is nowhere to tell it.
  }
}

/**
 * `main <config.json>` runs the gateway until SIGTERM, SIGINT or an admin call ends it; `main --stop <home>` ends the
 * gateway of a data folder with all its servers, also those that a killed gateway has left.
 */
async function main(args: string[]) {
  if (args[0] === '--stop') {
    if (!args[1]) {
      throw new Error('Give the data folder whose gateway is to end');
    }
    await stopGateway(args[1]);
    return;
  }
  const gateway = new Gateway(await readConfig(args[0]), log, () =>
    process.exit(0),
  );
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => gateway.leave({ keepServers: false }));
  }
  process.on('SIGHUP', () => {});
  // One act that nobody waited for must not end the predictions of every endpoint.
  process.on('unhandledRejection', reason =>
    log(`Something failed unseen: ${reason}`),
  );
  await gateway.start();
}

main(process.argv.slice(2)).catch(error => {
  log(error instanceof Error ? error.message : String(error));
  process.exit(1);
});

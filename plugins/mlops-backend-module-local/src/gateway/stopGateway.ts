import { unlink } from 'node:fs/promises';
import { gatewayPaths } from './config';
import { readJson } from './durableFile';
import { endProcess, processIdentitySchema } from '../processes';
import { runningServers } from './serverProcesses';

const GRACE_MS = 20_000;

/** Ends the gateway of a data folder and every server that it, or one before it that was killed, has started. */
export async function stopGateway(home: string) {
  const paths = gatewayPaths(home);
  const gateway = processIdentitySchema.safeParse(
    await readJson(paths.pid).catch(() => undefined),
  );
  if (gateway.success) {
    await endProcess(gateway.data, GRACE_MS);
  }
  const servers = await runningServers(paths.revisions);
  await Promise.all(servers.map(server => endProcess(server, 3_000)));
  await unlink(paths.pid).catch(() => {});
}

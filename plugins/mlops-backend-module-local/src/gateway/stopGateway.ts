import { unlink } from 'node:fs/promises';
import { gatewayPaths } from './config';
import { readJson } from './durableFile';
import { recordedServers } from './endpoints';
import { endProcess, processIdentitySchema } from './processIdentity';

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
  const servers = await recordedServers(paths.revisions);
  await Promise.all(servers.map(({ identity }) => endProcess(identity, 3_000)));
  await unlink(paths.pid).catch(() => {});
}

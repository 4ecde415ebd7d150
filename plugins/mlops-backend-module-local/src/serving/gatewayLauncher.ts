import { spawn } from 'node:child_process';
import { mkdir, open, readFile, rename, stat } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { LoggerService } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import { z } from 'zod';
import { processEnvironment } from '../environment/processEnvironment';
import { GatewayConfigInput, gatewayPaths } from '../gateway/config';
import { readJson, writeDurably } from '../gateway/durableFile';
import { ensureAdminToken } from '../gateway/gateway';
import { endProcess, isAlive, processIdentitySchema } from '../processes';
import { GatewayClient, GatewayInfo } from './gatewayClient';
import { withStartLock } from './startLock';

const PACKAGE = '@mlops-portal/plugin-mlops-backend-module-local';
const START_TIMEOUT_MS = 60_000;
const LEAVE_TIMEOUT_MS = 20_000;
const MAX_LOG_BYTES = 5 * 1024 * 1024;

const pidFileSchema = processIdentitySchema.extend({
  /** Set once it has begun to end. */
  leaving: z.boolean().optional(),
});

/** Arguments for Node: the built file, or in the repository the source through the loader of the Backstage CLI. */
export function gatewayProgram(): string[] {
  const file = require.resolve(`${PACKAGE}/gateway`);
  return file.endsWith('.ts')
    ? [
        '--require',
        require.resolve('@backstage/cli/config/nodeTransform.cjs'),
        file,
      ]
    : [file];
}

/**
 * Makes sure that the gateway of a data folder runs in this package's version: finds it, replaces one of another version
 * (its servers go on and are taken over), or starts one that outlives the portal.
 */
export class GatewayLauncher {
  private readonly paths: ReturnType<typeof gatewayPaths>;

  constructor(
    private readonly options: {
      client: GatewayClient;
      home: string;
      version: string;
      /** Asked only when a gateway has to be started: it needs the Python environment of the servers. */
      makeConfig: (signal: AbortSignal) => Promise<GatewayConfigInput>;
      logger: LoggerService;
    },
  ) {
    this.paths = gatewayPaths(options.home);
  }

  /** @throws ServiceUnavailableError in one sentence if it does not come up. */
  async ensure(signal: AbortSignal): Promise<GatewayInfo> {
    await ensureAdminToken(this.options.home);
    const found = await this.options.client.findInfo(signal);
    if (found?.version === this.options.version) {
      return found;
    }
    // Before the lock: an environment may take minutes to make, and others may want to look meanwhile.
    const config = await this.options.makeConfig(signal);
    await mkdir(this.paths.root, { recursive: true, mode: 0o700 });
    return withStartLock(this.paths.startLock, signal, async () => {
      const info = await this.options.client.findInfo(signal);
      if (info?.version === this.options.version) {
        return info;
      }
      if (info) {
        await this.replace(info, signal);
      } else {
        await this.endSilent();
      }
      return this.start(config, signal);
    });
  }

  private async replace(info: GatewayInfo, signal: AbortSignal) {
    this.options.logger.info(
      `The prediction gateway is version ${info.version}; it is replaced by ${this.options.version} and its servers go on`,
    );
    await this.options.client.call(z.unknown(), {
      method: 'POST',
      path: '/admin/handover',
      signal,
    });
    await this.endSilent(true);
  }

  /** A gateway that has its process but no answer would keep the port. One that is leaving gets the time to finish. */
  private async endSilent(leaving = false) {
    const content = await readJson(this.paths.pid).catch(() => undefined);
    const file = pidFileSchema.safeParse(content);
    if (!file.success) {
      return;
    }
    const until = Date.now() + LEAVE_TIMEOUT_MS;
    while (
      (leaving || file.data.leaving) &&
      isAlive(file.data) &&
      Date.now() < until
    ) {
      await wait(50);
    }
    if (isAlive(file.data)) {
      this.options.logger.warn(
        `The prediction gateway (process ${file.data.pid}) does not answer; it is ended and started again`,
      );
      await endProcess(file.data, 0);
    }
  }

  private async start(config: GatewayConfigInput, signal: AbortSignal) {
    await writeDurably(this.paths.config, JSON.stringify(config));
    const log = await this.openLog();
    let ended = false;
    try {
      const child = spawn(
        process.execPath,
        [...gatewayProgram(), this.paths.config],
        {
          cwd: this.paths.root,
          detached: true,
          stdio: ['ignore', log.fd, log.fd],
          env: processEnvironment(),
        },
      );
      child.once('error', () => {
        ended = true;
      });
      child.once('exit', () => {
        ended = true;
      });
      child.unref();
    } finally {
      await log.close();
    }
    const until = Date.now() + START_TIMEOUT_MS;
    while (!ended && Date.now() < until) {
      const info = await this.options.client.findInfo(signal);
      if (info) {
        return info;
      }
      await wait(50, undefined, { signal });
    }
    throw new ServiceUnavailableError(
      `The prediction gateway did not start: ${await this.lastLogLine()}`,
    );
  }

  private async openLog() {
    const size = await stat(this.paths.log).then(
      file => file.size,
      () => 0,
    );
    if (size > MAX_LOG_BYTES) {
      await rename(this.paths.log, `${this.paths.log}.1`);
    }
    return open(this.paths.log, 'a', 0o600);
  }

  private async lastLogLine(): Promise<string> {
    const text = await readFile(this.paths.log, 'utf8').catch(() => '');
    const last = text.trimEnd().split('\n').pop() ?? '';
    return last.replace(/^\S+Z /, '') || `see ${this.paths.log}`;
  }
}

import { resolve } from 'node:path';
import { RootConfigService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { DEFAULT_RETENTION, Retention } from './retention';

const DEFAULT_GATEWAY_PORT = 7010;

export interface LocalSettings {
  /** Absolute path of the data folder. */
  home: string;
  /** URL of the portal as jobs on this machine reach it. */
  portalUrl: string;
  /** Address under which the repositories are served. */
  gitUrl: string;
  gatewayPort: number;
  maxConcurrentRuns?: number;
  retention: Retention;
  /** Token of jobs; also the password of the repositories. Undefined where none is configured. */
  token?: string;
}

export function readSettings(config: RootConfigService): LocalSettings {
  const portalUrl = (
    config.getOptionalString('mlops.access.url') ??
    config.getString('backend.baseUrl')
  ).replace(/\/+$/, '');
  return {
    home: resolve(
      config.getOptionalString('mlops.local.home') ??
        config.getOptionalString('mlops.home') ??
        '.portal',
    ),
    portalUrl,
    gitUrl: `${portalUrl}/api/mlops/local/git`,
    gatewayPort:
      config.getOptionalNumber('mlops.local.gatewayPort') ??
      DEFAULT_GATEWAY_PORT,
    maxConcurrentRuns: config.getOptionalNumber(
      'mlops.local.maxConcurrentRuns',
    ),
    retention: readRetention(config),
    token: config.getOptionalString('mlops.access.token'),
  };
}

function readRetention(config: RootConfigService): Retention {
  const entries = Object.entries(DEFAULT_RETENTION).map(([name, fallback]) => {
    const key = `mlops.local.retention.${name}`;
    const value = config.getOptionalNumber(key) ?? fallback;
    // Whoever has just taken up an environment needs the time to start in it.
    const least = name === 'unusedDays' ? 1 : 0;
    if (value < least) {
      throw new InputError(
        `${key} is ${value}; it must be ${least} or more (default: ${fallback})`,
      );
    }
    return [name, value];
  });
  return Object.fromEntries(entries);
}

/** Folder of the bare repository behind a clone URL of ours; any other URL stays as it is. */
export function bareFolderOf(settings: LocalSettings, url: string): string {
  const prefix = `${settings.gitUrl}/`;
  const name = url.startsWith(prefix) && url.slice(prefix.length);
  return name && /^[a-z0-9-]+\.git$/.test(name)
    ? resolve(settings.home, 'git', name)
    : url;
}

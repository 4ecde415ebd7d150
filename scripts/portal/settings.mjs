import { randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Failure } from './terminal.mjs';

export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

function port(name, fallback) {
  const value = Number(process.env[name] ?? fallback);
  if (!Number.isInteger(value) || value < 1 || value > 65535) {
    throw new Failure(
      `${name}=${process.env[name]} is no port; give a number from 1 to 65535.`,
    );
  }
  return value;
}

/** Where the portal's data and ports are, from the environment. */
export function settings() {
  const home = resolve(process.env.PORTAL_HOME ?? join(ROOT, '.portal'));
  const portalPort = port('PORTAL_PORT', 7007);
  return {
    home,
    port: portalPort,
    gatewayPort: port('PORTAL_GATEWAY_PORT', 7010),
    url: `http://localhost:${portalPort}`,
    folders: (process.env.PORTAL_FOLDERS ?? homedir())
      .split(':')
      .filter(Boolean),
    pidFile: join(home, 'portal.pid'),
    devPidFile: join(home, 'dev.pid'),
    lockFile: join(home, 'start.lock'),
    logFile: join(home, 'logs', 'portal.log'),
    configFile: join(home, 'app-config.generated.yaml'),
  };
}

/** Makes the data folder, or says in one sentence why it cannot be used. */
export function prepareHome(home, neededBytes = 3e9) {
  try {
    const make = folder => mkdirSync(folder, { recursive: true, mode: 0o700 });
    make(home);
    // Before the folders in it: making those says less clearly why it cannot be.
    writeFileSync(join(home, '.writable'), '');
    for (const name of ['logs', 'db', 'uploads']) make(join(home, name));
  } catch (error) {
    throw new Failure(
      `the data folder ${home} cannot be written (${error.code}); set PORTAL_HOME to a folder of yours.`,
    );
  }
  const { bavail, bsize } = statfsSync(home);
  const free = bavail * bsize;
  if (free < neededBytes) {
    throw new Failure(
      `only ${(free / 1e9).toFixed(
        1,
      )} GB are free in ${home}; the portal needs about ${
        neededBytes / 1e9
      } GB. Free some, or set PORTAL_HOME to another disk.`,
    );
  }
}

/** Secrets of this portal, made once: tokens for scripts and for jobs. */
export function secrets(home) {
  const file = join(home, 'secrets.json');
  if (!existsSync(file)) {
    const made = {
      scripts: randomBytes(32).toString('hex'),
      jobs: randomBytes(32).toString('hex'),
    };
    writeFileSync(file, JSON.stringify(made, null, 1), { mode: 0o600 });
  }
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** Configuration of the laptop home, on top of app-config.yaml. JSON is YAML. */
export function writeConfig(at) {
  const keys = secrets(at.home);
  const external = (subject, token, plugins) => ({
    type: 'static',
    options: { token, subject },
    ...(plugins
      ? { accessRestrictions: plugins.map(plugin => ({ plugin })) }
      : {}),
  });
  const config = {
    app: { baseUrl: at.url },
    backend: {
      baseUrl: at.url,
      listen: { host: '127.0.0.1', port: at.port },
      cors: { origin: at.url },
      database: {
        client: 'better-sqlite3',
        connection: { directory: join(at.home, 'db') },
      },
      auth: {
        externalAccess: [
          external('scripts', keys.scripts),
          external('jobs', keys.jobs, ['mlops']),
        ],
      },
    },
    catalog: {
      locations: [
        {
          type: 'file',
          target: join(ROOT, 'catalog-info.yaml'),
          rules: [
            {
              allow: [
                'Component',
                'System',
                'API',
                'User',
                'Group',
                'Location',
                'Template',
              ],
            },
          ],
        },
        {
          type: 'file',
          target: join(ROOT, 'templates/catalog-info.yaml'),
          rules: [{ allow: ['Template', 'Location'] }],
        },
      ],
    },
    techdocs: {
      publisher: {
        type: 'local',
        local: { publishDirectory: join(at.home, 'techdocs') },
      },
    },
    mlops: {
      home: at.home,
      access: { url: at.url, token: keys.jobs },
      approvals: { allowSelfApproval: true },
      sources: { allowedFolders: at.folders },
      local: { home: at.home, gatewayPort: at.gatewayPort },
    },
  };
  writeFileSync(at.configFile, JSON.stringify(config, null, 1), {
    mode: 0o600,
  });
  return at.configFile;
}

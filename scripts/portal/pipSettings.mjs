import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const PYPI = 'https://pypi.org/simple';

/**
 * The machine's own pip settings, read without pip: environment variables win over files, a person's file over the
 * system's. `indexes` are tried in order; `certificate` is a file of authorities, or undefined.
 */
export function pipSettings(env = process.env, files = settingsFiles(env)) {
  const stored = Object.assign({}, ...files.map(readSettings));
  const get = name =>
    env[`PIP_${name.toUpperCase().replaceAll('-', '_')}`] || stored[name];
  const indexes = [
    env.UV_DEFAULT_INDEX || get('index-url') || PYPI,
    ...(get('extra-index-url') ?? '').split(/\s+/),
  ];
  return {
    indexes: indexes.filter(Boolean).map(url => url.replace(/\/+$/, '')),
    certificate: get('cert') || env.SSL_CERT_FILE || undefined,
  };
}

/** In the order in which pip reads them. */
function settingsFiles(env) {
  const config = env.XDG_CONFIG_HOME ?? join(homedir(), '.config');
  return [
    '/etc/xdg/pip/pip.conf',
    '/etc/pip.conf',
    join(homedir(), '.pip/pip.conf'),
    join(config, 'pip/pip.conf'),
    env.PIP_CONFIG_FILE,
  ].filter(file => file && existsSync(file));
}

/** Sections [global] and [install] of a pip.conf; a value goes on in indented lines. */
function readSettings(file) {
  const found = {};
  let section = '';
  let name;
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const head = /^\[(.+)\]\s*$/.exec(line);
    const pair = /^([\w-]+)\s*[=:]\s*(.*?)\s*$/.exec(line);
    if (head) section = head[1];
    else if (!['global', 'install'].includes(section) || /^\s*[#;]/.test(line))
      continue;
    else if (pair) [, name] = pair;
    if (pair && name) found[name] = pair[2];
    else if (name && /^\s+\S/.test(line))
      found[name] = `${found[name]} ${line.trim()}`.trim();
  }
  return found;
}

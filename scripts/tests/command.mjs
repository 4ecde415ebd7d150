import { spawn, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import net from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..');

/** Runs `./portal ...` to its end; gives code, what it printed and what it complained. */
export function portalOf(args, env, { root = ROOT, inside = [] } = {}) {
  const [program, ...before] = [...inside, join(root, 'portal')];
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...before, ...args], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'])
      child[name].on('data', chunk => {
        said[name] += chunk;
      });
    child.on('error', reject);
    child.on('close', code => resolve({ code, ...said }));
  });
}

/** Takes a free port of the loopback interface until `close`. */
export async function takePort() {
  const server = net.createServer();
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  return { port, close: () => new Promise(done => server.close(done)) };
}

/**
 * Words before a command that give it mounts of its own, with a disk of `size` at `folder`; undefined where the machine does not
 * allow it. `options` are those of mount.
 */
export function onDisk(folder, size, options = 'rw') {
  const way = process.getuid() === 0 ? ['-m'] : ['-Urm'];
  const script = `mount -t tmpfs -o size=${size},${options} none "$0" && exec "$@"`;
  const words = ['unshare', ...way, 'sh', '-c', script, folder];
  const tried = spawnSync(words[0], [...words.slice(1), 'true']);
  return tried.status === 0 ? words : undefined;
}

/** Processes that were started with this data folder in their environment. */
export function withHome(home) {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter(pid => {
      try {
        return readFileSync(`/proc/${pid}/environ`, 'utf8')
          .split('\0')
          .some(entry => entry.includes(home));
      } catch {
        return false;
      }
    })
    .map(Number);
}

import { spawn } from 'node:child_process';
import {
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import net from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** Start of a process in clock ticks since boot; tells a process from a later one with the same pid. Undefined when it is gone. */
export function startTicks(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

export function writePid(file, pid) {
  writeFileSync(file, JSON.stringify({ pid, ticks: startTicks(pid) }));
}

/** Pid in the file if that very process still lives. */
export function livePid(file) {
  if (!existsSync(file)) return undefined;
  try {
    const { pid, ticks } = JSON.parse(readFileSync(file, 'utf8'));
    return ticks && startTicks(pid) === ticks ? pid : undefined;
  } catch {
    return undefined;
  }
}

/** Starts a process that outlives this one, its output in a file. */
export function startDetached(command, args, { cwd, env, logFile }) {
  const out = openSync(logFile, 'a', 0o600);
  const child = spawn(command, args, {
    cwd,
    env,
    detached: true,
    stdio: ['ignore', out, out],
  });
  child.unref();
  return child;
}

/** Runs a command to its end; its output goes to `onLine`; rejects with the last lines when it fails. */
export function runToEnd(
  command,
  args,
  { cwd, env = process.env, onLine = () => {}, passThrough = false },
) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: [
        'ignore',
        passThrough ? 'inherit' : 'pipe',
        passThrough ? 'inherit' : 'pipe',
      ],
    });
    const last = [];
    const take = chunk => {
      for (const line of String(chunk)
        .split('\n')
        .filter(text => text.trim())) {
        last.push(line);
        if (last.length > 30) last.shift();
        onLine(line.trim());
      }
    };
    child.stdout?.on('data', take);
    child.stderr?.on('data', take);
    child.on('error', reject);
    child.on('close', (code, signal) =>
      code === 0
        ? resolve()
        : reject(
            Object.assign(
              new Error(
                `${command} ${args.join(' ')} ended with ${signal ?? code}`,
              ),
              { last },
            ),
          ),
    );
  });
}

/** Why nothing can listen on the port, as an error code; undefined if something can. */
export function portProblem(port) {
  return new Promise(resolve => {
    const server = net.createServer();
    server.once('error', error => resolve(error.code));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve()));
  });
}

export async function portIsFree(port) {
  return (await portProblem(port)) === undefined;
}

/** Processes of people have a terminal; what the portal starts in the background has none. */
function hasTerminal(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[4] !== '0';
}

/** What the portal gives its children of the data folder: a program of it on PATH, a run's folder, an environment. */
function inherits(pid, inside) {
  return readFileSync(`/proc/${pid}/environ`, 'utf8')
    .split('\0')
    .filter(entry => !/^(OLD)?PWD=|^PORTAL_HOME=/.test(entry))
    .flatMap(entry => entry.slice(entry.indexOf('=') + 1).split(':'))
    .some(inside);
}

/** This process and those that called it. */
function callers() {
  const found = new Set();
  for (let pid = process.pid; pid > 1 && !found.has(pid); ) {
    found.add(pid);
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      pid = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    } catch {
      break;
    }
  }
  return found;
}

/**
 * Every background process that works in or on the data folder: gateway, model servers, runs, CI jobs and what they started, also
 * what has gone to another folder and only carries their environment.
 */
export function processesOf(home) {
  const inside = text => text === home || text.startsWith(`${home}/`);
  const own = callers();
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name) && !own.has(Number(name)))
    .map(Number)
    .filter(pid => {
      try {
        if (hasTerminal(pid)) return false;
        if (inside(readlinkSync(`/proc/${pid}/cwd`))) return true;
        const named = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
          .split('\0')
          .some(word => inside(word));
        return named || inherits(pid, inside);
      } catch {
        return false;
      }
    });
}

/** Asks processes to end, waits, and kills what is left. Returns how many had to be killed. */
export async function endProcesses(pids, seconds = 10) {
  const known = pids
    .map(pid => [pid, startTicks(pid)])
    .filter(([, ticks]) => ticks);
  const alive = () => known.filter(([pid, ticks]) => startTicks(pid) === ticks);
  const signal = name => alive().forEach(([pid]) => tryKill(pid, name));
  signal('SIGTERM');
  for (
    const until = Date.now() + seconds * 1000;
    alive().length && Date.now() < until;

  )
    await pause(100);
  const left = alive().length;
  signal('SIGKILL');
  for (const until = Date.now() + 5000; alive().length && Date.now() < until; )
    await pause(50);
  return left;
}

function tryKill(pid, name) {
  try {
    process.kill(pid, name);
  } catch {
    // it ended in between
  }
}

export function removeFile(file) {
  rmSync(file, { force: true });
}

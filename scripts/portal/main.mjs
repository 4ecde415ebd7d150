import { Failure, say } from './terminal.mjs';

const commands = {
  start: [
    'Installs, builds and starts the portal; prints its URL',
    () => import('./start.mjs'),
  ],
  stop: [
    'Stops the portal and everything it started',
    () => import('./stop.mjs'),
  ],
  status: ['Says what runs', () => import('./status.mjs')],
  reset: [
    'Stops the portal and deletes its data folder (asks first; --yes does not ask)',
    () => import('./reset.mjs'),
  ],
  dev: [
    'Starts with hot reload: app on 3000, backend on 7007',
    () => import('./dev.mjs'),
  ],
  demo: [
    'Drives the whole loop with the flights problem and prints each step with its link',
    () => import('./demo.mjs'),
  ],
  clone: [
    'Clones the repository of a problem (NAME [FOLDER]); pull and push then ask for nothing',
    () => import('./clone.mjs'),
  ],
  test: [
    'Everything that CI checks; names of suites run only those',
    () => import('./test.mjs'),
  ],
};

function help() {
  const width = Math.max(...Object.keys(commands).map(name => name.length));
  const lines = Object.entries(commands).map(
    ([name, [text]]) => `  ./portal ${name.padEnd(width)}  ${text}`,
  );
  return `Usage: ./portal COMMAND

${lines.join('\n')}

Environment:
  PORTAL_HOME          data folder (default: .portal beside this script)
  PORTAL_PORT          port of the portal (default: 7007)
  PORTAL_GATEWAY_PORT  port of the prediction gateway (default: 7010)
  PORTAL_FOLDERS       folders that tables may be read from, separated by ":" (default: your home folder)`;
}

/** What the system refused, in a sentence; undefined for a mistake of ours. */
function reasonOf({ code, path, syscall }) {
  const where = path ? ` (${syscall} ${path})` : '';
  const reasons = {
    ENOSPC: `the disk is full${where}. Free some space and start again.`,
    EDQUOT: `your share of the disk is used up${where}. Free some space and start again.`,
    EROFS: `the disk can only be read${where}. Choose another folder: PORTAL_HOME=...`,
    EACCES: `the system does not allow it${where}. Give yourself the rights, or choose another folder: PORTAL_HOME=...`,
  };
  return reasons[code];
}

const [name, ...args] = process.argv.slice(2);
if (!name || name === '--help' || name === '-h' || name === 'help') {
  console.log(help());
} else if (!commands[name]) {
  console.error(`portal: there is no command "${name}"\n\n${help()}`);
  process.exitCode = 2;
} else {
  try {
    const { run } = await commands[name][1]();
    process.exitCode = (await run(args)) ?? 0;
  } catch (error) {
    const reason = error instanceof Failure ? error.message : reasonOf(error);
    if (!reason) throw error;
    say(reason);
    process.exitCode = 1;
  }
}

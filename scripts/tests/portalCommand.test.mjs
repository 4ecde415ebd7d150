import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import {
  endProcesses,
  livePid,
  processesOf,
  startTicks,
  writePid,
} from '../portal/processes.mjs';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..');
let folder;

function portal(args, env = {}) {
  return spawnSync(join(ROOT, 'portal'), args, {
    encoding: 'utf8',
    env: { ...process.env, PORTAL_HOME: join(folder, 'home'), ...env },
    timeout: 120_000,
  });
}

/** A PATH on which only the named programs are. */
function pathWith(name, programs, fakes = {}) {
  const bin = join(folder, name);
  mkdirSync(bin, { recursive: true });
  for (const program of programs) {
    const found = spawnSync('which', [program], {
      encoding: 'utf8',
    }).stdout.trim();
    if (found && !existsSync(join(bin, program)))
      symlinkSync(found, join(bin, program));
  }
  for (const [program, text] of Object.entries(fakes)) {
    writeFileSync(join(bin, program), `#!/bin/sh\n${text}\n`);
    chmodSync(join(bin, program), 0o755);
  }
  return bin;
}

const BASICS = [
  'bash',
  'sh',
  'env',
  'dirname',
  'readlink',
  'uname',
  'printf',
  'mkdir',
  'tail',
  'rm',
  'cat',
];

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'portal-command-'));
});
after(() => rmSync(folder, { recursive: true, force: true }));

describe('cloning', () => {
  it('asks which, and says when no portal runs', () => {
    assert.match(portal(['clone']).stderr, /say which/);
    const { stderr, status } = portal(['clone', 'churn'], {
      PORTAL_PORT: '65531',
    });
    assert.equal(status, 1);
    assert.match(stderr, /no portal answers at http:\/\/localhost:65531/);
  });

  it('hands git the token only when git asks for it', () => {
    const file = join(folder, 'secrets.json');
    writeFileSync(file, JSON.stringify({ jobs: 'a token' }));
    const ask = act =>
      spawnSync(
        process.execPath,
        [join(ROOT, 'scripts/portal/gitCredential.mjs'), file, act],
        { encoding: 'utf8', input: 'protocol=http\nhost=localhost:7007\n' },
      ).stdout;
    assert.equal(ask('get'), 'username=portal\npassword=a token\n');
    assert.equal(ask('store'), '');
  });
});

describe('the portal command', () => {
  it('explains itself', () => {
    const { stdout, status } = portal(['--help']);
    assert.equal(status, 0);
    for (const command of 'start stop reset dev demo clone test'.split(' '))
      assert.match(stdout, new RegExp(`portal ${command}`));
  });

  it('refuses a command that it does not have', () => {
    const { stderr, status } = portal(['strat']);
    assert.equal(status, 2);
    assert.match(stderr, /no command "strat"/);
  });

  it('has nothing to stop and nothing to reset before it was started', () => {
    assert.match(portal(['stop']).stdout, /Nothing was running/);
    assert.match(portal(['reset', '--yes']).stdout, /nothing to reset/);
  });

  it('never deletes a folder that no portal made', () => {
    const foreign = join(folder, 'foreign');
    mkdirSync(foreign);
    writeFileSync(join(foreign, 'thesis.txt'), 'years of work');
    const { stderr, status } = portal(['reset', '--yes'], {
      PORTAL_HOME: foreign,
    });
    assert.equal(status, 1);
    assert.match(stderr, /was not made by the portal; nothing was deleted/);
    assert.ok(existsSync(join(foreign, 'thesis.txt')));
  });

  it('says in one sentence that git or Node is missing or too old', () => {
    const cases = [
      [pathWith('no-git', BASICS), /git is missing/],
      [pathWith('no-node', [...BASICS, 'git']), /Node is missing/],
      [
        pathWith('old-node', [...BASICS, 'git'], {
          node: 'case "$1" in -p) echo 18;; *) echo v18.0.0;; esac',
          npm: 'true',
        }),
        /Node v18\.0\.0 is too old/,
      ],
    ];
    for (const [bin, wanted] of cases) {
      const { stderr, status } = portal(['start'], { PATH: bin });
      assert.equal(status, 1, stderr);
      assert.match(stderr, wanted);
      assert.equal(stderr.trim().split('\n').length, 1, stderr);
    }
  });

  it('says which port is taken and how to choose another one', async () => {
    const server = net.createServer().listen(0, '127.0.0.1');
    await new Promise(resolve => server.once('listening', resolve));
    const { port } = server.address();
    const started = spawn(join(ROOT, 'portal'), ['start'], {
      env: {
        ...process.env,
        PORTAL_HOME: join(folder, 'taken'),
        PORTAL_PORT: String(port),
      },
    });
    let text = '';
    started.stderr.on('data', chunk => {
      text += chunk;
    });
    const code = await new Promise(resolve => started.on('close', resolve));
    server.close();
    assert.equal(code, 1);
    assert.match(
      text,
      new RegExp(`port ${port} is taken by another program.*PORTAL_PORT=`),
    );
  });

  it('says that a data folder cannot be written', () => {
    const file = join(folder, 'a-file');
    writeFileSync(file, '');
    const { stderr, status } = portal(['start'], {
      PORTAL_HOME: join(file, 'home'),
    });
    assert.equal(status, 1);
    assert.match(
      stderr,
      /the data folder .* cannot be written \(ENOTDIR\); set PORTAL_HOME/,
    );
  });

  it('refuses a port that is none', () => {
    const { stderr } = portal(['start'], { PORTAL_PORT: 'http' });
    assert.match(stderr, /PORTAL_PORT=http is no port/);
  });
});

describe('the processes of a portal', () => {
  it('are found by the data folder they work in, and ended with all they started', async () => {
    const home = join(folder, 'working');
    mkdirSync(home);
    const child = spawn('sh', ['-c', 'sleep 300 & sleep 300'], {
      cwd: home,
      detached: true,
      stdio: 'ignore',
    });
    await new Promise(resolve => setTimeout(resolve, 200));
    const found = processesOf(home);
    assert.ok(found.length >= 3, `found ${found}`);
    assert.equal(await endProcesses(found, 5), 0);
    assert.deepEqual(processesOf(home), []);
    assert.equal(startTicks(child.pid), undefined);
  });

  it('are not mistaken for a later process with the same pid', () => {
    const file = join(folder, 'pid');
    writePid(file, process.pid);
    assert.equal(livePid(file), process.pid);
    writeFileSync(file, JSON.stringify({ pid: process.pid, ticks: '1' }));
    assert.equal(livePid(file), undefined);
    writeFileSync(file, 'garbage');
    assert.equal(livePid(file), undefined);
  });
});

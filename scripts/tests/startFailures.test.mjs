import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { onDisk, portalOf, ROOT, takePort } from './command.mjs';
import { reservePort } from './ports.mjs';

const NO_MOUNTS = 'this machine gives no mounts of one process';
/** Nothing listens there. */
const NO_REGISTRY = 'http://127.0.0.1:9/';

let folder;
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'portal-failures-'));
});
after(() => rmSync(folder, { recursive: true, force: true }));

/** A start that ends with 1 and one sentence. */
async function failed(env, options) {
  const { code, stderr } = await portalOf(
    ['start'],
    { PORTAL_HOME: join(folder, 'home'), ...env },
    options,
  );
  assert.equal(code, 1, stderr);
  assert.doesNotMatch(stderr, /^\s+at /m, 'a stack trace');
  return stderr.trim();
}

async function portsOfItsOwn() {
  return {
    PORTAL_PORT: String(await reservePort()),
    PORTAL_GATEWAY_PORT: String(await reservePort()),
  };
}

/** The files by which yarn installs, without what it installs. */
function checkoutWithoutPackages() {
  const root = join(folder, 'checkout');
  cpSync(join(ROOT, 'scripts'), join(root, 'scripts'), { recursive: true });
  const workspaces = ['packages', 'plugins'].flatMap(group =>
    readdirSync(join(ROOT, group)).map(name => `${group}/${name}/package.json`),
  );
  for (const file of [
    'portal',
    'package.json',
    'yarn.lock',
    '.yarnrc.yml',
    ...workspaces,
  ]) {
    if (!existsSync(join(ROOT, file))) continue;
    mkdirSync(dirname(join(root, file)), { recursive: true });
    cpSync(join(ROOT, file), join(root, file));
  }
  return root;
}

describe('a start that cannot be, in one sentence', () => {
  it('says that the port of the gateway is taken', async () => {
    const taken = await takePort();
    const said = await failed({
      ...(await portsOfItsOwn()),
      PORTAL_GATEWAY_PORT: String(taken.port),
    });
    await taken.close();
    assert.equal(
      said,
      `portal: port ${taken.port} is taken by another program. End it, or choose another one: PORTAL_GATEWAY_PORT=7110 ./portal start`,
    );
  });

  it('says that both ports are the same', async () => {
    const port = String(await reservePort());
    assert.match(
      await failed({ PORTAL_PORT: port, PORTAL_GATEWAY_PORT: port }),
      /^portal: PORTAL_PORT and PORTAL_GATEWAY_PORT are both \d+; give each a port of its own\.$/,
    );
  });

  it('does not take a gateway of an ended process for its own', async () => {
    const taken = await takePort();
    const home = join(folder, 'stale');
    mkdirSync(join(home, 'gateway'), { recursive: true });
    writeFileSync(
      join(home, 'gateway', 'gateway.pid'),
      JSON.stringify({ pid: process.pid, startTicks: 1, bootId: 'x' }),
    );
    const said = await failed({
      ...(await portsOfItsOwn()),
      PORTAL_HOME: home,
      PORTAL_GATEWAY_PORT: String(taken.port),
    });
    await taken.close();
    assert.match(said, new RegExp(`port ${taken.port} is taken`));
  });

  it('says how much space is missing', async t => {
    const home = join(folder, 'small');
    mkdirSync(home);
    const inside = onDisk(home, '64m');
    if (!inside) return t.skip(NO_MOUNTS);
    const said = await failed({ PORTAL_HOME: home }, { inside });
    assert.match(
      said,
      /^portal: only 0\.1 GB are free in .*small; the portal needs about 3 GB\. Free some, or set PORTAL_HOME to another disk\.$/,
    );
    return undefined;
  });

  it('says that the data folder can only be read', async t => {
    const home = join(folder, 'read-only');
    mkdirSync(home);
    const inside = onDisk(home, '64m', 'ro');
    if (!inside) return t.skip(NO_MOUNTS);
    assert.match(
      await failed({ PORTAL_HOME: home }, { inside }),
      /^portal: the data folder .*read-only cannot be written \(EROFS\); set PORTAL_HOME to a folder of yours\.$/,
    );
    return undefined;
  });

  it('says that Node could not be fetched where the registry is silent', async () => {
    const root = join(folder, 'bare');
    mkdirSync(root);
    cpSync(join(ROOT, 'portal'), join(root, 'portal'));
    const said = await failed(
      {
        npm_config_registry: NO_REGISTRY,
        npm_config_cache: join(folder, 'npm-cache'),
        npm_config_update_notifier: 'false',
      },
      { root },
    );
    assert.match(
      said.split('\n').at(-1),
      /could not be fetched from the npm registry \(see above\); check the network or npm's registry setting and start again\.$/,
    );
    assert.match(said, /npm error code E[A-Z]+/);
    assert.equal(readdirSync(join(root, '.tools')).length, 1);
    assert.ok(!said.includes('node_modules'), said);
  });

  it('says that the dependencies could not be fetched where the registry is silent', async t => {
    if (!existsSync(join(ROOT, '.tools')))
      return t.skip('this checkout was started by another Node than its own');
    const root = checkoutWithoutPackages();
    symlinkSync(join(ROOT, '.tools'), join(root, '.tools'));
    const said = await failed(
      {
        ...(await portsOfItsOwn()),
        npm_config_registry: NO_REGISTRY,
        YARN_GLOBAL_FOLDER: join(folder, 'yarn'),
        YARN_UNSAFE_HTTP_WHITELIST: '127.0.0.1',
        YARN_HTTP_RETRY: '0',
      },
      { root },
    );
    assert.match(
      said,
      /the npm registry does not answer\. Check the network, or npm's registry setting, and start again\./,
    );
    return undefined;
  });
});

describe('a program whose log is on a full disk', () => {
  it('loses lines and goes on, and writes again when there is space', async t => {
    const disk = join(folder, 'log-disk');
    mkdirSync(disk);
    const inside = onDisk(disk, '64k');
    if (!inside) return t.skip(NO_MOUNTS);
    const program = `
      const fs = require('node:fs');
      const lost = [];
      process.on('uncaughtException', error => { lost.push(error); console.log('again'); });
      const filler = process.argv[1] + '/filler';
      try { for (;;) fs.appendFileSync(filler, 'x'.repeat(4096)); } catch {}
      process.stdout.write('lost\\n'.repeat(20000), () => setTimeout(() => {
        fs.rmSync(filler);
        console.log('written');
        setTimeout(() => process.exit(
          lost.length || !fs.readFileSync(process.argv[1] + '/log', 'utf8').endsWith('written\\n') ? 1 : 0), 50);
      }, 200));`;
    const [command, ...before] = inside;
    const run = spawnSync(
      command,
      [
        ...before,
        'sh',
        '-c',
        '"$1" --require "$2" -e "$3" "$0" >>"$0/log" 2>&1',
        disk,
        process.execPath,
        join(ROOT, 'scripts/portal/patientOutput.cjs'),
        program,
      ],
      { timeout: 20_000 },
    );
    assert.equal(run.status, 0, String(run.stderr));
    return undefined;
  });
});

import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { deflateRawSync } from 'node:zlib';
import { pipSettings } from '../portal/pipSettings.mjs';
import { ensurePython } from '../portal/python.mjs';
import { writeConfig } from '../portal/settings.mjs';
import { fileOfWheel } from '../portal/wheel.mjs';

const PORTAL = join(dirname(fileURLToPath(import.meta.url)), '../portal');
const TEXT = readFileSync(join(PORTAL, 'uv-requirements.txt'), 'utf8');
const [, VERSION] = /^uv==(\S+)/m.exec(TEXT);
const WHEEL = `uv-${VERSION}-py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.whl`;
let folder;

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'portal-python-'));
});
after(() => rmSync(folder, { recursive: true, force: true }));

/** A zip archive with one packed and one stored file. */
function zip(files) {
  const heads = [];
  const parts = [];
  let at = 0;
  for (const [name, content, method] of files) {
    const packed = method === 8 ? deflateRawSync(content) : content;
    const fixed = Buffer.alloc(30);
    fixed.writeUInt32LE(0x04034b50, 0);
    fixed.writeUInt16LE(name.length, 26);
    parts.push(fixed, Buffer.from(name), packed);
    const head = Buffer.alloc(46);
    head.writeUInt32LE(0x02014b50, 0);
    head.writeUInt16LE(method, 10);
    head.writeUInt32LE(packed.length, 20);
    head.writeUInt16LE(name.length, 28);
    head.writeUInt32LE(at, 42);
    heads.push(head, Buffer.from(name));
    at += 30 + name.length + packed.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, ...heads, end]);
}

function program(path, script) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
}

describe('a wheel', () => {
  const archive = zip([
    ['uv/__init__.py', Buffer.from('nothing'), 0],
    ['uv.data/scripts/uv', Buffer.from('the program'), 8],
  ]);

  it('gives the file that is wanted, packed or not', () => {
    const read = end => String(fileOfWheel(archive, n => n.endsWith(end)));
    assert.equal(read('/scripts/uv'), 'the program');
    assert.equal(read('.py'), 'nothing');
  });

  it('says when it is none, is damaged or lacks the file', () => {
    assert.throws(() => fileOfWheel(archive, () => false), /does not hold/);
    assert.throws(
      () => fileOfWheel(Buffer.from('<html>'), () => true),
      /no zip/,
    );
  });
});

describe("pip's settings", () => {
  const settings = (text, env = {}) => {
    const file = join(folder, 'pip.conf');
    writeFileSync(file, text);
    return pipSettings(env, [file]);
  };

  it('are PyPI where nothing is set', () => {
    assert.deepEqual(settings('').indexes, ['https://pypi.org/simple']);
  });

  it('are read from files, of sections that concern an installation', () => {
    const { indexes, certificate } = settings(
      '[list]\nindex-url = https://no\n[global]\nindex-url = https://mirror/simple/\n# cert = no\ncert=/etc/ca.pem\nextra-index-url =\n  https://one\n  https://two\n',
    );
    assert.deepEqual(indexes, [
      'https://mirror/simple',
      'https://one',
      'https://two',
    ]);
    assert.equal(certificate, '/etc/ca.pem');
  });

  it('of the environment win', () => {
    const env = { PIP_INDEX_URL: 'https://env', PIP_CERT: '/env.pem' };
    const found = settings('[global]\nindex-url = https://file\n', env);
    assert.deepEqual(found, {
      indexes: ['https://env'],
      certificate: '/env.pem',
    });
  });
});

describe('uv from a package index', () => {
  let server;
  let answers;
  let asked;
  before(async () => {
    server = http.createServer((request, response) => {
      asked.push([request.url, request.headers.authorization]);
      const [status, type, body] = answers[request.url] ?? [404, '', ''];
      response.writeHead(status, { 'content-type': type }).end(body);
    });
    await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  });
  beforeEach(() => {
    asked = [];
  });
  after(() => server.close());

  /** Runs beside this process, which has to answer as the index. */
  async function fetchUv(target, ...indexes) {
    const { spawn } = await import('node:child_process');
    const child = spawn(process.execPath, [
      join(PORTAL, 'fetchUv.mjs'),
      target,
      ...indexes,
    ]);
    let told = '';
    child.stderr.on('data', chunk => {
      told += chunk;
    });
    const code = await new Promise(resolve => child.on('close', resolve));
    return { code, told };
  }
  const address = (user = '') =>
    `http://${user}127.0.0.1:${server.address().port}/simple`;

  it('is refused when its digest is not the locked one', async () => {
    const wheel = zip([['uv.data/scripts/uv', Buffer.from('evil'), 8]]);
    const digest = createHash('sha256').update(wheel).digest('hex');
    answers = {
      '/simple/uv/': [
        200,
        'text/html',
        `<a href="../../files/${WHEEL}#sha256=${digest}">${WHEEL}</a>`,
      ],
      [`/files/${WHEEL}`]: [200, 'application/zip', wheel],
    };
    const target = join(folder, 'refused', 'uv');
    const { code, told } = await fetchUv(target, address('me:secret@'));
    assert.equal(code, 1);
    assert.match(told, new RegExp(`${digest}, which is not the locked one`));
    assert.doesNotMatch(told, /secret/);
    assert.ok(!existsSync(target));
    assert.deepEqual(
      asked.map(([, authorization]) => authorization),
      Array(2).fill(`Basic ${Buffer.from('me:secret').toString('base64')}`),
    );
  });

  it('says for each index why there is none', async () => {
    answers = { '/simple/uv/': [200, 'application/json', '{"files": []}'] };
    const { code, told } = await fetchUv(
      join(folder, 'none', 'uv'),
      address(),
      'http://127.0.0.1:9/simple',
    );
    assert.equal(code, 1);
    assert.match(
      told,
      /does not list uv-.*; http:\/\/127\.0\.0\.1:9\/simple: /,
    );
  });
});

describe('the documentation of a portal', () => {
  it('is kept in its data folder, apart from that of other portals', () => {
    const home = join(folder, 'docs-home');
    mkdirSync(home);
    const file = writeConfig({
      home,
      port: 1,
      gatewayPort: 2,
      url: 'http://localhost:1',
      folders: [],
      configFile: join(home, 'config.json'),
    });
    const { techdocs } = JSON.parse(readFileSync(file, 'utf8'));
    assert.equal(
      techdocs.publisher.local.publishDirectory,
      join(home, 'techdocs'),
    );
  });
});

describe('Python', () => {
  const bin = name => join(folder, name, 'bin');
  const env = name => ({ PATH: `${bin(name)}` });
  const python = (path, version) => program(path, `echo "${version} ${path}"`);

  it('is the first on PATH that fits, whatever python3 is', async () => {
    python(join(bin('several'), 'python3'), '3 14');
    python(join(bin('several'), 'python3.11'), '3 11');
    const home = join(folder, 'several');
    assert.equal(
      await ensurePython(home, env('several')),
      join(bin('several'), 'python3.11'),
    );
  });

  for (const [version, wanted] of [
    ['3 9', /Python 3\.9 \(python3\) is too old/],
    ['3 14', /Python 3\.14 \(python3\) is too new/],
  ])
    it(`that is ${version} is named when uv cannot bring another`, async () => {
      const name = `only-${version.replace(' ', '-')}`;
      python(join(bin(name), 'python3'), version);
      program(
        join(bin(name), 'uv'),
        'case "$1" in --version) exit 0;; esac; echo "error: Failed to download https://github.com/x: dns error"; exit 2',
      );
      await assert.rejects(
        ensurePython(join(folder, name), env(name)),
        error => {
          assert.match(error.message, wanted);
          assert.match(
            error.message,
            /uv could not fetch one from https:\/\/github\.com/,
          );
          assert.match(
            error.message,
            /Install Python 3\.10 to 3\.13 \(python3\)/,
          );
          assert.equal(error.message.split('\n').length, 1);
          return true;
        },
      );
    });

  it('is brought by uv into the data folder once', async () => {
    const home = join(folder, 'brought');
    mkdirSync(home, { recursive: true });
    const log = join(folder, 'uv.log');
    program(
      join(home, 'tools/uv/bin/uv'),
      `echo "$@" >> ${log}
if [ "$2" = install ]; then mkdir -p "$UV_PYTHON_INSTALL_DIR"; touch "$UV_PYTHON_INSTALL_DIR/there"; exit 0; fi
[ -e "$UV_PYTHON_INSTALL_DIR/there" ] && echo "$UV_PYTHON_INSTALL_DIR/python3.12"`,
    );
    const needed = ['mkdir', 'touch'].map(name =>
      dirname(spawnSync('which', [name], { encoding: 'utf8' }).stdout.trim()),
    );
    // The folders that hold mkdir and touch also hold the machine's Python: only the two are let in.
    for (const [at, name] of ['mkdir', 'touch'].entries()) {
      mkdirSync(bin('brought'), { recursive: true });
      execFileSync('ln', [
        '-sf',
        join(needed[at], name),
        join(bin('brought'), name),
      ]);
    }
    const wanted = join(home, 'tools/python/python3.12');
    assert.equal(await ensurePython(home, env('brought')), wanted);
    assert.equal(await ensurePython(home, env('brought')), wanted);
    const installs = readFileSync(log, 'utf8').match(/^python install/gm);
    assert.equal(installs.length, 1);
  });
});

// node fetchUv.mjs TARGET INDEX... : writes the program uv to TARGET from the first package index that has it. Ends with 1 and the reason.
// A process of its own, because proxy and certificates are read from the environment when Node starts.
import { createHash } from 'node:crypto';
import {
  chmodSync,
  mkdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fileOfWheel } from './wheel.mjs';

const LOCK = join(
  dirname(fileURLToPath(import.meta.url)),
  'uv-requirements.txt',
);
const PLATFORM = 'py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64';
const LIST_MS = 30_000;
const WHEEL_MS = 300_000;
const JSON_LIST = 'application/vnd.pypi.simple.v1+json';

/** The locked version and the digests that its files may have. */
function locked() {
  const text = readFileSync(LOCK, 'utf8');
  const [, version] = /^uv==(\S+)/m.exec(text);
  return {
    version,
    digests: [...text.matchAll(/sha256:(\w+)/g)].map(m => m[1]),
  };
}

async function get(url, milliseconds, accept = '*/*') {
  const { username, password, ...parts } = splitUrl(url);
  const headers = { accept };
  if (username) {
    const pair = `${decodeURIComponent(username)}:${decodeURIComponent(
      password,
    )}`;
    headers.authorization = `Basic ${Buffer.from(pair).toString('base64')}`;
  }
  const answer = await fetch(parts.plain, {
    headers,
    signal: AbortSignal.timeout(milliseconds),
  });
  if (!answer.ok) throw new Error(`${parts.plain} gave ${answer.status}`);
  return answer;
}

/** fetch refuses addresses with a password in them. */
function splitUrl(url) {
  const parsed = new URL(url);
  const { username, password } = parsed;
  parsed.username = '';
  parsed.password = '';
  return { username, password, plain: parsed.href };
}

/** Address of the wheel in an index's list of uv, which is JSON or HTML. */
async function addressOf(index, file) {
  const list = `${index}/uv/`;
  const answer = await get(list, LIST_MS, `${JSON_LIST}, text/html;q=0.5`);
  const text = await answer.text();
  const json = (answer.headers.get('content-type') ?? '').includes('json');
  const links = json
    ? JSON.parse(text).files.map(entry => entry.url)
    : [...text.matchAll(/href="([^"]+)"/g)].map(match => match[1]);
  const link = links.find(url => url.split('#')[0].endsWith(`/${file}`));
  if (!link) throw new Error(`${splitUrl(list).plain} does not list ${file}`);
  const address = new URL(link, answer.url || list);
  const { username, password } = new URL(index);
  if (username && address.host === new URL(index).host)
    Object.assign(address, { username, password });
  return address.href;
}

async function wheelFrom(index) {
  const { version, digests } = locked();
  const file = `uv-${version}-${PLATFORM}.whl`;
  const answer = await get(await addressOf(index, file), WHEEL_MS);
  const wheel = Buffer.from(await answer.arrayBuffer());
  const digest = createHash('sha256').update(wheel).digest('hex');
  if (!digests.includes(digest))
    throw new Error(
      `${file} of ${
        splitUrl(index).plain
      } has the sha256 ${digest}, which is not the locked one; it was not used`,
    );
  return wheel;
}

async function main(target, indexes) {
  const reasons = [];
  for (const index of indexes) {
    try {
      const wheel = await wheelFrom(index);
      const program = fileOfWheel(wheel, name => name.endsWith('/scripts/uv'));
      mkdirSync(dirname(target), { recursive: true });
      const draft = `${target}.${process.pid}`;
      writeFileSync(draft, program);
      chmodSync(draft, 0o755);
      renameSync(draft, target);
      return 0;
    } catch (error) {
      const cause = error.cause?.code ?? error.cause?.message;
      reasons.push(
        cause ? `${splitUrl(index).plain}: ${cause}` : error.message,
      );
    }
  }
  console.error(reasons.join('; '));
  return 1;
}

const [, , target, ...indexes] = process.argv;
process.exitCode = await main(target, indexes);

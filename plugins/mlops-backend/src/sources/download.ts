import { createHash } from 'crypto';
import { createWriteStream, promises as fs } from 'fs';
import { extname, join } from 'path';
import { Readable, Transform } from 'stream';
import { pipeline } from 'stream/promises';
import { InputError } from '@backstage/errors';
import { SourceRules } from './rules';

const TIMEOUT_MS = 60_000;
/** A copy this young serves the next question about the same address. */
const FRESH_MS = 15 * 60_000;
const MAX_REDIRECTS = 3;

/** Fetches a table from an allowed host into the hub's folder; returns the path of the copy. */
export async function download(
  address: string,
  rules: SourceRules,
  signal?: AbortSignal,
): Promise<string> {
  const url = allowed(address, rules);
  const extension = extname(url.pathname).toLowerCase();
  if (extension !== '.csv' && extension !== '.parquet') {
    throw new InputError(
      `${url.href} does not end in .csv or .parquet; give the address of the table itself`,
    );
  }
  const folder = join(rules.home, 'downloads');
  const name = createHash('sha256').update(url.href).digest('hex').slice(0, 32);
  const target = join(folder, name + extension);
  const known = await fs.stat(target).catch(() => null);
  if (known && Date.now() - known.mtimeMs < FRESH_MS) return target;

  await fs.mkdir(folder, { recursive: true });
  const part = `${target}.${process.pid}.${Date.now()}.part`;
  const limit = AbortSignal.timeout(TIMEOUT_MS);
  const both = signal ? AbortSignal.any([signal, limit]) : limit;
  try {
    const response = await follow(url, rules, both);
    await pipeline(
      Readable.fromWeb(response.body as never),
      atMost(rules.maxUploadBytes, url.href),
      createWriteStream(part),
      { signal: both },
    );
    await fs.rename(part, target);
    return target;
  } catch (error) {
    if (error instanceof InputError) throw error;
    signal?.throwIfAborted();
    throw new InputError(
      limit.aborted
        ? `${url.host} took longer than ${TIMEOUT_MS / 1000} s`
        : `the table could not be fetched from ${url.host}`,
      error,
    );
  } finally {
    await fs.rm(part, { force: true });
  }
}

/** Redirects are followed by hand: each hop must be an allowed host as well. */
async function follow(
  first: URL,
  rules: SourceRules,
  signal: AbortSignal,
): Promise<Response> {
  let url = first;
  for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
    const response = await fetch(url, { redirect: 'manual', signal });
    const next = response.headers.get('location');
    if (response.status >= 300 && response.status < 400 && next) {
      await response.body?.cancel();
      url = allowed(new URL(next, url).href, rules);
      continue;
    }
    if (!response.ok || !response.body) {
      await response.body?.cancel();
      throw new InputError(`${url.host} answered ${response.status}`);
    }
    return response;
  }
  throw new InputError(
    `${first.href} redirects more than ${MAX_REDIRECTS} times`,
  );
}

function allowed(address: string, rules: SourceRules): URL {
  let url: URL;
  try {
    url = new URL(address);
  } catch (error) {
    throw new InputError(`'${address}' is no address`, error);
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new InputError(`'${address}': only http and https are read`);
  }
  if (url.username || url.password) {
    throw new InputError('leave user name and password out of the address');
  }
  const open = rules.allowedHosts.some(
    host => host === url.host || host === url.hostname,
  );
  if (!open) {
    throw new InputError(
      rules.allowedHosts.length
        ? `${
            url.host
          } is not among the hosts that tables may come from: ${rules.allowedHosts.join(
            ', ',
          )}`
        : 'no host is open for reading tables; the operator opens one with mlops.sources.allowedHosts',
    );
  }
  return url;
}

/** Lets `bytes` through and fails on the first one more. */
export function atMost(bytes: number, name: string): Transform {
  let seen = 0;
  return new Transform({
    transform(chunk: Buffer, _, done) {
      seen += chunk.length;
      if (seen > bytes) {
        done(
          new InputError(
            `${name} is larger than ${Math.floor(
              bytes / 1_000_000,
            )} MB; give a smaller table or a path`,
          ),
        );
      } else {
        done(null, chunk);
      }
    },
  });
}

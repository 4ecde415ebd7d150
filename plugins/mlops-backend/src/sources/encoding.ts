import { isUtf8 } from 'buffer';
import { createReadStream, createWriteStream, promises as fs } from 'fs';
import { Transform } from 'stream';
import { pipeline } from 'stream/promises';
import { Encoding } from '@mlops-portal/plugin-mlops-common';
import { FoundEncoding, guessEncoding } from './guessEncoding';

export type { FoundEncoding } from './guessEncoding';

/** Bytes with letters beyond ASCII that a guess is made of. */
const SAMPLE = 200_000;
const CHUNK = 1 << 20;
const REMEMBERED = 100;
const found = new Map<string, FoundEncoding>();

/**
 * The encoding of a CSV file. A mark at its start and valid UTF-8 speak for themselves; of anything else `asked` is believed, and
 * without it the letters are looked at. The repository decides in the same order.
 */
export async function encodingOf(
  path: string,
  asked?: Encoding,
): Promise<FoundEncoding> {
  const { mtimeMs, size } = await fs.stat(path);
  const key = `${path}\0${mtimeMs}\0${size}`;
  const known = found.get(key) ?? (await look(path));
  found.delete(key);
  found.set(key, known);
  for (const oldest of found.keys()) {
    if (found.size <= REMEMBERED) break;
    found.delete(oldest);
  }
  const plain = known.name === 'utf-8' || (await hasMark(path));
  return plain || !asked ? known : { name: asked, sure: true };
}

/** Writes the file again in UTF-8. */
export async function writeAsUtf8(
  from: string,
  encoding: Encoding,
  to: string,
  signal?: AbortSignal,
): Promise<void> {
  const decoder = new TextDecoder(encoding);
  const decode = new Transform({
    transform: (chunk: Buffer, _, done) =>
      done(null, decoder.decode(chunk, { stream: true })),
    flush: done => done(null, decoder.decode()),
  });
  await pipeline(createReadStream(from), decode, createWriteStream(to), {
    signal,
  });
}

async function hasMark(path: string): Promise<boolean> {
  return markOf(await startOf(path, 3)) !== undefined;
}

async function startOf(path: string, bytes: number): Promise<Buffer> {
  const file = await fs.open(path);
  try {
    const buffer = Buffer.alloc(bytes);
    const { bytesRead } = await file.read(buffer, 0, bytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

function markOf(start: Buffer): FoundEncoding['name'] | undefined {
  const bytes = start.toString('latin1', 0, 3);
  if (bytes.startsWith('\xff\xfe')) return 'utf-16le';
  if (bytes.startsWith('\xfe\xff')) return 'utf-16be';
  return bytes === '\xef\xbb\xbf' ? 'utf-8' : undefined;
}

async function look(path: string): Promise<FoundEncoding> {
  const start = await startOf(path, 1 << 16);
  const mark = markOf(start) ?? withoutMark(start);
  if (mark) return { name: mark, sure: true };
  let valid = true;
  let rest = Buffer.alloc(0);
  const letters: Buffer[] = [];
  let kept = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK })) {
    const bytes = Buffer.concat([rest, chunk]);
    // A character may be cut where a chunk ends; an end of line never is.
    const end = Math.max(bytes.lastIndexOf(10) + 1, 0) || bytes.length;
    const whole = bytes.subarray(0, end);
    rest = bytes.subarray(end);
    if (valid && !isUtf8(whole)) valid = false;
    kept += keepLetters(whole, letters, SAMPLE - kept);
    if (!valid && kept >= SAMPLE) break;
  }
  if (valid && isUtf8(rest)) return { name: 'utf-8', sure: true };
  keepLetters(rest, letters, SAMPLE - kept);
  return guessEncoding(Buffer.concat(letters));
}

/** Text of two bytes a character, most of them ASCII: every other byte is zero. */
function withoutMark(start: Buffer): Encoding | undefined {
  const zeros = [0, 0];
  start.forEach((byte, at) => {
    if (byte === 0) zeros[at % 2]++;
  });
  if (zeros[0] + zeros[1] < start.length / 8) return undefined;
  return zeros[1] > zeros[0] ? 'utf-16le' : 'utf-16be';
}

/** Keeps the lines with bytes beyond ASCII, up to `room` bytes; returns how many it kept. */
function keepLetters(bytes: Buffer, kept: Buffer[], room: number): number {
  let taken = 0;
  for (let from = 0; from < bytes.length && taken < room; ) {
    const next = bytes.indexOf(10, from);
    const to = next < 0 ? bytes.length : next + 1;
    const line = bytes.subarray(from, to);
    if (line.some(byte => byte > 127)) {
      kept.push(line);
      taken += line.length;
    }
    from = to;
  }
  return taken;
}

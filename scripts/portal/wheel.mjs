import { inflateRawSync } from 'node:zlib';

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const STORED = 0;
const DEFLATED = 8;

/** Content of the first file of a wheel (a zip archive) whose name passes `wanted`; Error where there is none. */
export function fileOfWheel(archive, wanted) {
  for (const entry of entries(archive)) {
    if (wanted(entry.name)) return contentOf(archive, entry);
  }
  throw new Error('the wheel does not hold the file that is looked for');
}

/** The central directory at the end of the archive. */
function* entries(archive) {
  let end = archive.length - 22;
  while (end >= 0 && archive.readUInt32LE(end) !== END) end--;
  if (end < 0) throw new Error('this is no zip archive');
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    if (archive.readUInt32LE(at) !== ENTRY)
      throw new Error('the zip archive is damaged');
    const nameLength = archive.readUInt16LE(at + 28);
    yield {
      method: archive.readUInt16LE(at + 10),
      size: archive.readUInt32LE(at + 20),
      offset: archive.readUInt32LE(at + 42),
      name: archive.toString('utf8', at + 46, at + 46 + nameLength),
    };
    const extra = archive.readUInt16LE(at + 30);
    const comment = archive.readUInt16LE(at + 32);
    at += 46 + nameLength + extra + comment;
  }
}

function contentOf(archive, { method, size, offset, name }) {
  const start =
    offset +
    30 +
    archive.readUInt16LE(offset + 26) +
    archive.readUInt16LE(offset + 28);
  const packed = archive.subarray(start, start + size);
  if (method === STORED) return packed;
  if (method === DEFLATED) return inflateRawSync(packed);
  throw new Error(`${name} is packed in a way that is not known (${method})`);
}

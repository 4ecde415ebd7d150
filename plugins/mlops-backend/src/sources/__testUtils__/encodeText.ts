/** The bytes of a text in an encoding that Node only reads: what reads back as the same letter. */
export function encodeText(text: string, encoding: string): Buffer {
  if (encoding === 'utf-8') return Buffer.from(text);
  const le = Buffer.from(text, 'utf16le');
  if (encoding === 'utf-16le') return le;
  if (encoding === 'utf-16be') return le.swap16();
  const decoder = new TextDecoder(encoding);
  const bytes = new Map<string, number>();
  for (let byte = 0; byte < 256; byte++) {
    bytes.set(decoder.decode(Uint8Array.of(byte)), byte);
  }
  return Buffer.from(
    [...text].map(letter => {
      const byte = bytes.get(letter);
      if (byte === undefined)
        throw new Error(`${letter} is not in ${encoding}`);
      return byte;
    }),
  );
}

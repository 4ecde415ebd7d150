import { analyse } from 'chardet';
import {
  Encoding,
  ENCODINGS,
  TableProfile,
} from '@mlops-portal/plugin-mlops-common';

export type FoundEncoding = NonNullable<TableProfile['encoding']>;

/** Of the characters beyond ASCII so many may be broken in a file that is UTF-8 all the same. */
const BROKEN = 0.05;
/** The best guess is that much better than the next one, or a person should look. */
const CLEAR = 0.05;
/** What the library must be this sure of where a character has two bytes. */
const TWO_BYTES_FROM = 50;
/** What the library calls them -> what reads everything that they hold. */
const READ_AS: Record<string, Encoding> = {
  'ISO-8859-1': 'windows-1252',
  'ISO-8859-2': 'windows-1250',
  'ISO-8859-5': 'windows-1251',
  'ISO-8859-6': 'windows-1256',
  'ISO-8859-7': 'windows-1253',
  'ISO-8859-8': 'windows-1255',
  'ISO-8859-9': 'windows-1254',
  Shift_JIS: 'ms932',
};
/** Encodings of one byte a letter with the script that they are for. */
const SCRIPTS: Array<[Encoding, RegExp | undefined]> = [
  ['windows-1252', undefined],
  ['windows-1250', undefined],
  ['windows-1254', undefined],
  ['windows-1257', undefined],
  ['windows-1256', /^[\p{Script=Arabic}\p{M}\u0640\u200c\u200d]+$/u],
  ['windows-1251', /^\p{Script=Cyrillic}+$/u],
  ['windows-1253', /^\p{Script=Greek}+$/u],
  ['windows-1255', /^[\p{Script=Hebrew}\p{M}]+$/u],
];
const LATIN = /^\p{Script=Latin}+$/u;
/** No Latin word has three letters beyond ASCII in a row: it is of another script. */
const THREE_BEYOND = /[^\0-\x7f]{3}/u;
/** Small letters, large ones, or a large one before small ones. */
const CASE = /^(\p{Lu}?[\p{Ll}\p{Lo}\p{Lm}\p{M}\u200c\u200d]*|\p{Lu}+)$/u;
const WORDS = /[\p{L}\p{M}\u200c\u200d]+/gu;
/** Signs that stand in many texts. */
const USUAL = /[\s\p{L}\p{M}\u200c-\u200f\p{Pd}\p{Pi}\p{Pf}€£°§·،؛؟٪٫٬№©®™…]/u;

/**
 * What bytes that are no UTF-8 are most likely written in: where the words are of one script and large letters stand where they
 * belong; among equals a library's frequencies of letters decide.
 */
export function guessEncoding(bytes: Buffer): FoundEncoding {
  if (isBrokenUtf8(bytes)) return { name: 'utf-8', sure: true };
  const words = beyondAscii(bytes);
  const frequencies = new Map<Encoding, number>();
  for (const { name, confidence } of analyse(Buffer.from(words, 'latin1'))) {
    const read = READ_AS[name] ?? (name.toLowerCase() as Encoding);
    if (!ENCODINGS.includes(read)) continue;
    const before = frequencies.get(read) ?? 0;
    frequencies.set(read, Math.max(before, confidence));
  }
  const twoBytes = [...frequencies].filter(
    ([name, confidence]) =>
      !name.startsWith('windows') && confidence >= TWO_BYTES_FROM,
  );
  const scores = [
    ...twoBytes.map(([name]) => ({ name, score: 1 })),
    ...SCRIPTS.map(([name, script]) => ({
      name,
      score: plausible(
        new TextDecoder(name).decode(Buffer.from(words, 'latin1')),
        script,
      ),
    })),
  ]
    .map(({ name, score }) => ({
      name,
      score: score + (frequencies.get(name) ?? 0) / 100,
    }))
    .sort((a, b) => b.score - a.score);
  const [first, second] = scores;
  return { name: first.name, sure: first.score - second.score > CLEAR };
}

/** Different words with a letter beyond ASCII, each byte as a character. */
function beyondAscii(bytes: Buffer): string {
  const words = bytes.toString('latin1').match(/[A-Za-z\x80-\xff]+/g) ?? [];
  return [...new Set(words.filter(word => /[\x80-\xff]/.test(word)))].join(' ');
}

/** Share of the words that are written as words are; a sign that is seldom in texts counts as a bad one. */
function plausible(text: string, script: RegExp | undefined): number {
  const words = (text.match(WORDS) ?? []).filter(word =>
    /[^\0-\x7f]/.test(word),
  );
  const good = words.filter(
    word =>
      CASE.test(word) &&
      (script
        ? script.test(word)
        : LATIN.test(word) && !THREE_BEYOND.test(word)),
  );
  const odd = [...text].filter(sign => sign > '\x7f' && !USUAL.test(sign));
  return good.length / Math.max(1, words.length + odd.length);
}

/** A few broken characters among many whole ones: no other encoding looks like that. */
function isBrokenUtf8(letters: Buffer): boolean {
  const text = letters.toString('utf8');
  const beyond = text.match(/[^\0-\x7f]/gu)?.length ?? 0;
  const broken = text.match(/\ufffd/g)?.length ?? 0;
  return broken < BROKEN * beyond;
}

import { DiffFileView } from '@mlops-portal/plugin-mlops-common';

/** A line with its number on the sides that have it. */
export interface NumberedLine {
  before?: number;
  after?: number;
  sign: string;
  text: string;
}

/** Lines of a hunk with the numbers they have before and after. */
export function numbered(hunk: DiffFileView['hunks'][number]): NumberedLine[] {
  let before = hunk.oldStart;
  let after = hunk.newStart;
  return hunk.lines.map(line => {
    const [sign, text] = [line[0], line.slice(1)];
    return {
      before: sign === '+' ? undefined : before++,
      after: sign === '-' ? undefined : after++,
      sign,
      text,
    };
  });
}

/** SQL condition that a name, which is lower-case, holds a text somewhere; the text's own % and _ mean themselves. */
export function nameHas(column: string, text: string): [string, string[]] {
  const part = text.toLowerCase().replace(/[\\%_]/g, sign => `\\${sign}`);
  return ["?? like ? escape '\\'", [column, `%${part}%`]];
}

/** SQL condition that a name holds a text somewhere, letters of either case; the text's own % and _ mean themselves. */
export function nameHas(column: string, text: string): [string, string[]] {
  const part = text.toLowerCase().replace(/[\\%_]/g, sign => `\\${sign}`);
  return ["lower(??) like ? escape '\\'", [column, `%${part}%`]];
}

/** SQL condition that a name begins with a text, in its own letters; the text's own % and _ mean themselves. */
export function nameBegins(column: string, text: string): [string, string[]] {
  const part = text.replace(/[\\%_]/g, sign => `\\${sign}`);
  return ["?? like ? escape '\\'", [column, `${part}%`]];
}

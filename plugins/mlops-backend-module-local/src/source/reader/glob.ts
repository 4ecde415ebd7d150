const PARTS = /\*\*\/|\*\*|\*|\?|\{[^{}]*\}|[^*?{]+|\{/g;

function escape(text: string): string {
  return text.replace(/[.+^${}()|[\]\\]/g, '\\$&');
}

function translate(part: string): string {
  if (part === '**/') return '(?:.*/)?';
  if (part === '**') return '.*';
  if (part === '*') return '[^/]*';
  if (part === '?') return '[^/]';
  if (part.startsWith('{') && part.endsWith('}')) {
    const choices = part.slice(1, -1).split(',').map(escape);
    return `(?:${choices.join('|')})`;
  }
  return escape(part);
}

export function isGlob(path: string): boolean {
  return /[*?{]/.test(path);
}

/** Expression for whole paths: `*` and `?` stay inside a folder, `**` does not, `{a,b}` is a choice. */
export function globExpression(pattern: string): RegExp {
  return new RegExp(
    `^${[...pattern.matchAll(PARTS)]
      .map(([part]) => translate(part))
      .join('')}$`,
  );
}

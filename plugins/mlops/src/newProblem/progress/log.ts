// eslint-disable-next-line no-control-regex -- colours of the log are escape sequences
const COLOUR = /\u001b\[[0-9;]*m/g;
const AT = /^\d{4}-\d{2}-\d{2}T\S+ /;

/** Log lines of a step for people: without colours, the time of the machine and stack traces. */
export function readable(lines: string[]): string[] {
  return lines
    .flatMap(line => line.replace(AT, '').replace(COLOUR, '').split('\n'))
    .filter(line => line.trim() && !/^\s+at .+/.test(line))
    .map(line => line.replace(/^(info|warn|error): /, '').trimEnd());
}

/** Why a step failed: the message of its error, without the error's name. */
export function reasonOf(lines: string[]): string | undefined {
  const errors = readable(lines).filter(line => /^\w*Error: /.test(line));
  return errors
    .pop()
    ?.replace(/^\w*Error: /, '')
    .split('; caused by ')[0];
}

/** What a step made, in the words of the last thing it told; undefined where it told nothing. */
export function madeOf(lines: string[]): string | undefined {
  return told(lines).at(-1);
}

/** How many files a step that renders a template wrote. */
export function filesOf(lines: string[]): number {
  return told(lines).filter(line => /^Writing file /.test(line)).length;
}

/** Without what the scaffolder says of every step. */
function told(lines: string[]): string[] {
  return readable(lines).filter(
    line => !/^(Beginning|Finished) step /.test(line),
  );
}

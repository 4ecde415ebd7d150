const SECRET_NAME = /token|secret|password|passwd|credential|api_?key|private/i;
const SHORTEST = 6;
const SHOWN_INSTEAD = '[masked]';

function secretsInside(value: unknown, name: string): string[] {
  if (typeof value === 'string') return SECRET_NAME.test(name) ? [value] : [];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    secretsInside(inner, key),
  );
}

/** Values that must not appear in logs: of variables with a telling name, and inside of JSON under a telling key. */
export function secretValues(variables: Record<string, string>): string[] {
  const values = Object.entries(variables).flatMap(([name, value]) => {
    const found = secretsInside(value, name);
    try {
      return [...found, ...secretsInside(JSON.parse(value), '')];
    } catch {
      return found;
    }
  });
  const lines = values.flatMap(value => value.split('\n'));
  return [...new Set([...values, ...lines])]
    .filter(value => value.trim().length >= SHORTEST)
    .sort((a, b) => b.length - a.length);
}

/** A function that hides these values in a text. */
export function createMask(secrets: string[]): (text: string) => string {
  return text =>
    secrets.reduce(
      (shown, secret) => shown.replaceAll(secret, SHOWN_INSTEAD),
      text,
    );
}

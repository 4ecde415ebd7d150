import { readdir, readFile } from 'node:fs/promises';

/** Numbers of living processes whose command line holds `text`. */
export async function processesNaming(text: string): Promise<number[]> {
  const found: number[] = [];
  for (const name of await readdir('/proc')) {
    const line = await readFile(`/proc/${name}/cmdline`, 'utf8').catch(
      () => '',
    );
    if (line.includes(text)) {
      found.push(Number(name));
    }
  }
  return found;
}

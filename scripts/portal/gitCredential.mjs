/* A git credential helper: `git` calls it with the file of the portal's secrets and the act; only "get" is answered. */
import { readFileSync } from 'node:fs';

const [file, act] = process.argv.slice(2);
if (act === 'get') {
  const { jobs } = JSON.parse(readFileSync(file, 'utf8'));
  process.stdout.write(`username=portal\npassword=${jobs}\n`);
}

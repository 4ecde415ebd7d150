import { readdir, readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { readJson } from './durableFile';
import { serverFiles } from './mlserver';
import { identify, ProcessIdentity } from '../processes';
import { processFileSchema } from './serverProcess';

/** Servers that a gateway has noted down, whether they live or not. */
export async function recordedServers(folder: string) {
  const list = (path: string) => readdir(path).catch(() => [] as string[]);
  const found = [];
  for (const endpoint of await list(folder)) {
    for (const revision of await list(join(folder, endpoint))) {
      const path = serverFiles(join(folder, endpoint, revision)).process;
      const file = processFileSchema.safeParse(
        await readJson(path).catch(() => undefined),
      );
      if (file.success) {
        found.push({ endpoint, revision, identity: file.data });
      }
    }
  }
  return found;
}

/**
 * Servers that run below a folder, by their command line: also one whose gateway was killed between starting it and
 * noting it down.
 */
export async function runningServers(
  folder: string,
): Promise<ProcessIdentity[]> {
  const pids = (await readdir('/proc')).filter(name => /^\d+$/.test(name));
  const found: ProcessIdentity[] = [];
  for (const pid of pids) {
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(
      () => '',
    );
    const last = command.split('\0').filter(Boolean).pop() ?? '';
    if (command.includes('mlserver.cli') && last.startsWith(folder + sep)) {
      const identity = identify(Number(pid));
      if (identity) {
        found.push(identity);
      }
    }
  }
  return found;
}

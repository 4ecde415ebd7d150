/*
 * The few uses that the CI executor (gitlab-ci-local) makes of rsync. It always gets this one, so that machines with and without
 * rsync behave alike; the scripts of jobs never see it.
 *
 * Understood: -a -r -R (alone or combined), --exclude, --exclude-from, --files-from, local folders. --delete and --delete-excluded
 * are accepted and nothing is deleted: each CI run starts from an empty folder, and the executor repeats its first copy before an
 * after_script, where a deletion would take away what the job has just made.
 * Anything else ends with code 1 and says so. Code 23 means, as with rsync, that some source could not be copied.
 * This file imports nothing of ours: it is started on its own, once for each copy, and has to start quickly.
 */
import { promises as fs, constants, Stats } from 'node:fs';
import path from 'node:path';

const PARTIAL = 23;
const USAGE = 1;

interface Request {
  relative: boolean;
  exclude: string[];
  filesFrom?: string;
  sources: string[];
  target: string;
}

class UsageError extends Error {}

async function readLines(file: string): Promise<string[]> {
  const text = await fs.readFile(file, 'utf8');
  return text.split('\n').filter(line => line !== '');
}

async function parse(argv: string[]): Promise<Request> {
  const request: Request = {
    relative: false,
    exclude: [],
    sources: [],
    target: '',
  };
  const rest = [...argv];
  const positional: string[] = [];
  while (rest.length > 0) {
    const word = rest.shift()!;
    const equals = word.indexOf('=');
    const name =
      word.startsWith('--') && equals > 0 ? word.slice(0, equals) : word;
    const value = () =>
      name === word ? rest.shift() ?? '' : word.slice(equals + 1);
    if (name === '--exclude') request.exclude.push(value());
    else if (name === '--exclude-from')
      request.exclude.push(...(await readLines(value())));
    else if (name === '--files-from') request.filesFrom = value();
    else if (name === '--delete' || name === '--delete-excluded') continue;
    else if (/^-[arR]+$/.test(word))
      request.relative = request.relative || word.includes('R');
    else if (word.startsWith('-'))
      throw new UsageError(
        `option ${word} is not known to the CI executor's copy`,
      );
    else positional.push(word);
  }
  request.target = positional.pop() ?? '';
  request.sources = positional;
  return request;
}

/** A pattern by rsync's rules: a leading slash anchors it, a trailing one wants a folder, a slash inside matches whole path ends. */
function compile(pattern: string): (file: string, folder: boolean) => boolean {
  const folderOnly = pattern.endsWith('/');
  const anchored = pattern.startsWith('/');
  const body = pattern.replace(/^\.?\//, '').replace(/\/$/, '');
  const source = body.replace(
    /\*\*|\*|\?|\[[^\]]+\]|[^*?[]+|\[/g,
    part =>
      ({ '**': '.*', '*': '[^/]*', '?': '[^/]' }[part] ??
      (part.startsWith('[') && part.length > 1
        ? part.replace(/^\[!/, '[^')
        : part.replace(/[.+^${}()|[\]\\]/g, '\\$&'))),
  );
  const expression = new RegExp(`${anchored ? '^' : '(^|/)'}${source}$`);
  return (file, folder) => (!folderOnly || folder) && expression.test(file);
}

class Copy {
  private readonly request: Request;
  private readonly excluded: Array<ReturnType<typeof compile>>;
  private failures = 0;

  // No parameter properties: Node runs this file as it is, by stripping the types.
  constructor(request: Request) {
    this.request = request;
    this.excluded = request.exclude.map(compile);
  }

  async run(): Promise<number> {
    const { relative, filesFrom, sources, target } = this.request;
    if (filesFrom !== undefined) {
      for (const line of await readLines(filesFrom))
        await this.copyRelative(sources[0] ?? '.', line);
    } else {
      for (const source of sources) {
        if (relative) await this.copyRelative('.', source);
        else if (/(^|\/)\.?$/.test(source)) await this.copy(source, target, '');
        else {
          const name = path.basename(source);
          await this.copy(source, path.join(target, name), name);
        }
      }
    }
    return this.failures > 0 ? PARTIAL : 0;
  }

  private async copyRelative(root: string, file: string): Promise<void> {
    const name = path.posix.normalize(file).replace(/\/$/, '');
    if (name.startsWith('../') || name === '..' || path.isAbsolute(name)) {
      this.fail(file, 'it lies outside of the folder that is copied');
      return;
    }
    const inside = name === '.' ? '' : name;
    await this.copy(
      path.join(root, inside),
      path.join(this.request.target, inside),
      inside,
    );
  }

  private fail(file: string, reason: string): void {
    this.failures += 1;
    process.stderr.write(`rsync: ${file} is not copied: ${reason}\n`);
  }

  private isExcluded(name: string, folder: boolean): boolean {
    return name !== '' && this.excluded.some(match => match(name, folder));
  }

  /** `name` is the path below the transfer's root, '' for the root itself. */
  private async copy(from: string, to: string, name: string): Promise<void> {
    let stats: Stats;
    try {
      stats = await fs.lstat(from);
    } catch (error) {
      this.fail(from, (error as Error).message);
      return;
    }
    if (this.isExcluded(name, stats.isDirectory())) return;
    try {
      if (stats.isDirectory()) await this.copyFolder(from, to, name, stats);
      else await copyOne(from, to, stats);
    } catch (error) {
      this.fail(from, (error as Error).message);
    }
  }

  private async copyFolder(
    from: string,
    to: string,
    name: string,
    stats: Stats,
  ): Promise<void> {
    const there = await fs.lstat(to).catch(() => undefined);
    if (there && !there.isDirectory()) await fs.rm(to);
    await fs.mkdir(to, { recursive: true });
    const entries = await fs.readdir(from, { withFileTypes: true });
    for (const entry of entries) {
      const inside = path.posix.join(name, entry.name);
      if (this.isExcluded(inside, entry.isDirectory())) continue;
      await this.copy(
        path.join(from, entry.name),
        path.join(to, entry.name),
        inside,
      );
    }
    await fs.chmod(to, stats.mode);
    await fs.utimes(to, stats.atime, stats.mtime);
  }
}

async function copyOne(from: string, to: string, stats: Stats): Promise<void> {
  await fs.mkdir(path.dirname(to), { recursive: true });
  const there = await fs.lstat(to).catch(() => undefined);
  if (stats.isSymbolicLink()) {
    if (there) await fs.rm(to, { recursive: true, force: true });
    await fs.symlink(await fs.readlink(from), to);
    return;
  }
  if (!stats.isFile()) throw new Error('it is neither a file nor a folder');
  const same =
    there?.isFile() &&
    there.size === stats.size &&
    Math.abs(there.mtimeMs - stats.mtimeMs) < 1;
  if (!same) {
    if (there) await fs.rm(to, { recursive: true, force: true });
    await fs.copyFile(from, to, constants.COPYFILE_FICLONE);
  }
  await fs.chmod(to, stats.mode);
  await fs.utimes(to, stats.atime, stats.mtime);
}

async function main(): Promise<void> {
  try {
    process.exitCode = await new Copy(await parse(process.argv.slice(2))).run();
  } catch (error) {
    process.stderr.write(`rsync: ${(error as Error).message}\n`);
    process.exitCode = error instanceof UsageError ? USAGE : PARTIAL;
  }
}

main();

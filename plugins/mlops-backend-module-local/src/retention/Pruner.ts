import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { LoggerService } from '@backstage/backend-plugin-api';
import { CiStore } from '../ci/CiStore';
import { removeLeftovers } from '../leftovers';
import { CiRemains } from './CiRemains';
import { expired, Remains, Retention } from './policy';
import { Removed } from './removed';
import { RunRemains } from './RunRemains';
import { removeUnused } from './unused';

export interface PrunerOptions {
  /** Absolute path of the data folder. */
  home: string;
  retention: Retention;
  logger: LoggerService;
  /** Path of Python. */
  interpreter: (signal: AbortSignal) => Promise<string>;
  now?: () => Date;
}

/** Folders of calls that lasted some minutes at most; those of a killed portal stay behind. */
const SCRATCH_MS = 24 * 3_600_000;
const CALL_FOLDER = /^[0-9a-f]{8}-[0-9a-f]{4}-/;

/**
 * Removes what runs and CI left behind once it is no longer kept, and environments and code that nothing uses. Artefacts of versions,
 * repositories and data are never touched. May be killed at any point: the next round goes on.
 */
export class Pruner {
  private readonly runs: RunRemains;
  private readonly ci: CiRemains;

  constructor(private readonly options: PrunerOptions) {
    this.runs = new RunRemains(options.home);
    this.ci = new CiRemains(new CiStore(join(options.home, 'ci')));
  }

  /** Gives the number of runs and of CI runs that lost their outputs and logs. */
  async round(signal: AbortSignal): Promise<{ runs: number; ci: number }> {
    const runs = await this.prune(
      await this.runs.list(),
      ({ id }, removed) => this.runs.remove(id, removed),
      signal,
    );
    const ci = await this.prune(
      await this.ci.list().catch(() => []),
      (left, removed) => this.ci.remove(left, removed),
      signal,
    );
    await this.clearScratch();
    await this.clearUnused(signal);
    if (runs + ci > 0) {
      this.options.logger.info(
        `Removed outputs and logs of ${runs} runs and logs of ${ci} CI runs that are no longer kept`,
      );
    }
    return { runs, ci };
  }

  private async prune<R extends Remains>(
    all: R[],
    remove: (remains: R, removed: Removed) => Promise<void>,
    signal: AbortSignal,
  ): Promise<number> {
    const now = this.now();
    let count = 0;
    for (const { remains, because } of expired(
      all,
      this.options.retention,
      now,
    )) {
      signal.throwIfAborted();
      try {
        await remove(remains, { at: now.toISOString(), because });
        count += 1;
      } catch (error) {
        this.options.logger.warn(
          `What ${remains.id} left behind could not be removed, tried again in the next round: ${error}`,
        );
      }
    }
    return count;
  }

  private async clearUnused(signal: AbortSignal): Promise<void> {
    const { home, logger, interpreter, retention } = this.options;
    try {
      const python = await interpreter(signal);
      const days = retention.unusedDays;
      const gone = await removeUnused({ home, days, python, signal });
      const names = [...gone.environments, ...gone.code];
      if (names.length > 0) {
        logger.info(
          `Removed environments and code that nothing has used for ${days} days: ${names.join(
            ', ',
          )}`,
        );
      }
    } catch (error) {
      signal.throwIfAborted();
      logger.warn(
        `Unused environments and code could not be removed, tried again in the next round: ${error}`,
      );
    }
  }

  private async clearScratch(): Promise<void> {
    const scratch = join(this.options.home, 'scratch');
    for (const name of await readdir(scratch).catch(() => [] as string[])) {
      const path = join(scratch, name);
      const facts = await stat(path).catch(() => undefined);
      const age = this.now().getTime() - (facts?.mtimeMs ?? Infinity);
      if (CALL_FOLDER.test(name) && age > SCRATCH_MS) {
        await rm(path, { recursive: true, force: true }).catch(() => {});
      }
    }
    for (const folder of ['runs', 'artifacts']) {
      await removeLeftovers(join(this.options.home, folder));
    }
  }

  private now(): Date {
    return (this.options.now ?? (() => new Date()))();
  }
}

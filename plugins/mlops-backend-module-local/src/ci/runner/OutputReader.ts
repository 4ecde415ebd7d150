import { JobRecord } from '../records';

const LINE = /^\[\d\d:\d\d:\d\d [^\]]*\] (.*)$/;
const STARTING = /^starting \S+ \(.*\)$/;
const FINISHED = /^finished in \S+ \S+(?:\s+(WARN|FAIL) (\d+))?\s*$/;
const STILL_RUNNING = '> still running...';

export interface OutputEvents {
  onStart(job: JobRecord): void;
  /** `allowed`: it failed and was allowed to. */
  onFinish(
    job: JobRecord,
    result: { exitCode: number; allowed: boolean },
  ): void;
  onLog(job: JobRecord, line: string): void;
  /** A line of the executor that belongs to no job. */
  onNote(line: string): void;
}

/**
 * Reads what gitlab-ci-local prints with `--timestamps --color=false`. Every line of a job's script carries `<job> > ` or
 * `<job> $ ` in front, so that no script can pretend to be a start or an end.
 */
export class OutputReader {
  private readonly byLength: JobRecord[];
  private readonly padding: number;

  constructor(jobs: JobRecord[], private readonly events: OutputEvents) {
    this.byLength = [...jobs].sort((a, b) => b.name.length - a.name.length);
    this.padding = Math.max(0, ...jobs.map(job => job.name.length));
  }

  read(line: string): void {
    const rest = LINE.exec(line)?.[1];
    const job =
      rest === undefined
        ? undefined
        : this.byLength.find(({ name }) =>
            rest.startsWith(`${name.padEnd(this.padding)} `),
          );
    if (rest === undefined || job === undefined) {
      this.events.onNote(line);
      return;
    }
    const said = rest.slice(this.padding + 1);
    if (STARTING.test(said)) {
      this.events.onStart(job);
      return;
    }
    const finished = FINISHED.exec(said);
    if (finished) {
      const [, kind, code] = finished;
      this.events.onFinish(job, {
        exitCode: Number(code ?? 0),
        allowed: kind === 'WARN',
      });
      return;
    }
    if (said === STILL_RUNNING) return;
    this.events.onLog(job, said.startsWith('> ') ? said.slice(2) : said);
  }
}

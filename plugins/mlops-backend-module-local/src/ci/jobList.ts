import { z } from 'zod';
import { parse } from 'yaml';

const listedSchema = z.array(
  z.object({ name: z.string(), stage: z.string(), when: z.string() }),
);
const stagesSchema = z.object({ stages: z.array(z.string()) });

export interface ListedJob {
  name: string;
  stage: string;
  /** False for a job that rules leave out, or that waits for a hand that nobody has here. */
  runs: boolean;
}

/**
 * Jobs from the executor's `--list-json`, in the order of the stages.
 * @param expanded - the executor's expanded `.gitlab-ci.yml`, for the order; without it stages come as they appear
 */
export function parseJobList(json: string, expanded: string): ListedJob[] {
  const listed = listedSchema.parse(JSON.parse(json));
  const stages = stagesOf(expanded);
  const place = (stage: string) => {
    const index = stages.indexOf(stage);
    return index < 0 ? stages.length : index;
  };
  return listed
    .map(({ name, stage, when }) => ({
      name,
      stage,
      runs: when !== 'never' && when !== 'manual',
    }))
    .map((job, index) => ({ job, index }))
    .sort(
      (a, b) => place(a.job.stage) - place(b.job.stage) || a.index - b.index,
    )
    .map(({ job }) => job);
}

function stagesOf(expanded: string): string[] {
  try {
    const parsed = stagesSchema.safeParse(parse(expanded));
    return parsed.success ? parsed.data.stages : [];
  } catch {
    return [];
  }
}

/** Folder name that the executor gives a job: runs of unusual characters as base64url, long names cut with a digest by it. */
export function folderOfJob(name: string): string {
  return name.replace(/[^\w-]+/g, part =>
    Buffer.from(part).toString('base64url'),
  );
}

/**
 * A shell file that every bash of a run reads first. In scripts of jobs it sets what differs by job (an id of ours, the real
 * folder) and takes the executor's own tools off the path.
 */
export function shellSetup(
  jobs: Array<{ id: string; name: string }>,
  toolFolder: string,
): string {
  const quote = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
  const cases = jobs.map(
    ({ id, name }) =>
      `    ${quote(name)}) export CI_JOB_ID=${quote(id)} ` +
      `CI_PROJECT_DIR="$PWD/.gitlab-ci-local/builds/"${quote(
        folderOfJob(name),
      )} ;;`,
  );
  return [
    'unset BASH_ENV',
    'if [ -n "${CI_JOB_NAME:-}" ]; then',
    `  PORTAL_TOOLS=${quote(`${toolFolder}:`)}`,
    '  PATH="${PATH//"$PORTAL_TOOLS"/}"',
    '  unset PORTAL_TOOLS',
    '  case "$CI_JOB_NAME" in',
    ...cases,
    '  esac',
    'fi',
    '',
  ].join('\n');
}

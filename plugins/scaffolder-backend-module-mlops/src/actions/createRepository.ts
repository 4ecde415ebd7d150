import { ConflictError, NotFoundError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { Caller, HubAccess } from '../hub/HubAccess';
import { readFolder, RepositoryFile } from '../workspace/readFolder';
import {
  catalogInfoUrlOf,
  RepositoryView,
} from '@mlops-portal/plugin-mlops-common';
import { examples } from './createRepository.examples';

const TIMEOUT_MS = 60_000;
const MAX_LIVES = 20;

/**
 * Makes the repository, or gives the one that an earlier run of the step made. The hub remembers the answer of
 * a key for good: where that repository has been taken back since, the next key of the row makes a new one.
 */
async function makeOnce(
  hub: HubAccess,
  caller: Caller,
  wanted: {
    name: string;
    description: string;
    files: RepositoryFile[];
    key: string;
  },
): Promise<RepositoryView> {
  const { name, description, files, key } = wanted;
  const what = `make repository ${name}`;
  for (let life = 1; life <= MAX_LIVES; life++) {
    const idempotencyKey = `${key}/${life}`;
    const body = { name, description, files, idempotencyKey };
    const made = await hub.call(
      caller,
      { what, timeoutMs: TIMEOUT_MS, attempts: 4 },
      (client, call) => client.createRepository({ body }, call),
    );
    const there = await hub
      .call(
        caller,
        { what: `read repository ${name}`, timeoutMs: TIMEOUT_MS, attempts: 4 },
        (client, call) => client.getRepository({ name }, call),
      )
      .then(() => true)
      .catch(error => {
        if (error instanceof NotFoundError) return false;
        throw error;
      });
    if (there) return made;
  }
  throw new ConflictError(
    `Repository ${name} was made and taken back ${MAX_LIVES} times by this task; create the problem anew`,
  );
}

/** `mlops:repository:create`: makes a repository of the rendered files; a second run of the step gives the same repository. */
export function createRepositoryAction({ hub }: { hub: HubAccess }) {
  return createTemplateAction({
    id: 'mlops:repository:create',
    description:
      'Makes a repository of the rendered files. Run twice, it gives the same repository; a name that is taken is refused',
    examples,
    schema: {
      input: {
        name: z => z.string().describe('Name of the problem and repository'),
        description: z => z.string().optional().describe('What it is for'),
        sourcePath: z =>
          z
            .string()
            .optional()
            .describe('Folder of the workspace, by default all of it'),
      },
      output: {
        name: z => z.string().describe('Name of the repository'),
        cloneUrl: z => z.string().describe('Where to clone it from'),
        webUrl: z => z.string().describe('Page of the repository'),
        commit: z => z.string().describe('First commit'),
        files: z => z.number().describe('How many files it has'),
        catalogInfoUrl: z =>
          z.string().describe('Its catalog-info.yaml, to be registered'),
      },
    },
    async handler(ctx) {
      const { name, description = '', sourcePath = '.' } = ctx.input;
      const files = await readFolder(ctx.workspacePath, sourcePath);
      const repository = await makeOnce(hub, ctx, {
        name,
        description,
        files,
        // The same for every run of this step of this task, also after a restart of the portal.
        key: `scaffolder/${ctx.task.id}/${ctx.step?.id ?? 'repository'}`,
      });
      ctx.logger.info(
        `${files.length} files, commit ${repository.headCommit.slice(0, 7)}`,
      );
      ctx.output('name', repository.name);
      ctx.output('cloneUrl', repository.cloneUrl);
      ctx.output('webUrl', repository.webUrl ?? repository.cloneUrl);
      ctx.output('commit', repository.headCommit);
      ctx.output('files', files.length);
      ctx.output('catalogInfoUrl', catalogInfoUrlOf(repository));
    },
  });
}

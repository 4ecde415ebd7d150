import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { HubAccess } from '../hub/HubAccess';
import { readFolder } from '../workspace/readFolder';
import { catalogInfoUrlOf } from '@mlops-portal/plugin-mlops-common';
import { examples } from './createRepository.examples';

const TIMEOUT_MS = 60_000;

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
      const repository = await hub.call(
        ctx,
        { what: `make repository ${name}`, timeoutMs: TIMEOUT_MS, attempts: 4 },
        (client, call) =>
          client.createRepository(
            {
              body: {
                name,
                description,
                files,
                // The same for every run of this step of this task, also after a restart of the portal.
                idempotencyKey: `scaffolder/${ctx.task.id}/${
                  ctx.step?.id ?? 'repository'
                }`,
              },
            },
            call,
          ),
      );
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

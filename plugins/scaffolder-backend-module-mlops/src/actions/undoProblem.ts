import { randomUUID } from 'node:crypto';
import { NotFoundError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { HubAccess } from '../hub/HubAccess';
import { examples } from './undoProblem.examples';

const TIMEOUT_MS = 60_000;

/** `mlops:problem:undo`: takes a half-made problem back: its location in the catalog, its repository and what the hub knows of it. */
export function undoProblemAction({
  hub,
  catalog,
}: {
  hub: HubAccess;
  catalog: CatalogService;
}) {
  return createTemplateAction({
    id: 'mlops:problem:undo',
    description:
      'Takes a half-made ML problem back: catalog location, repository, CI. What is already gone is no error',
    examples,
    schema: {
      input: {
        name: z => z.string().describe('Name of the repository'),
        catalogInfoUrl: z =>
          z.string().optional().describe('Location to unregister'),
      },
      output: {
        undone: z => z.boolean().describe('Whether there was a repository'),
      },
    },
    async handler(ctx) {
      const { name, catalogInfoUrl } = ctx.input;
      const credentials = await ctx.getInitiatorCredentials();
      // A new key each time: a problem that was made again by a retry must go again.
      const idempotencyKey = `scaffolder/${ctx.task.id}/${randomUUID()}`;
      if (catalogInfoUrl) {
        const location = await catalog.getLocationByRef(
          `url:${catalogInfoUrl}`,
          { credentials },
        );
        if (location) {
          await catalog.removeLocationById(location.id, { credentials });
          ctx.logger.info(`${catalogInfoUrl} is no longer registered`);
        }
      }
      const undone = await hub
        .call(
          ctx,
          {
            what: `delete repository ${name}`,
            timeoutMs: TIMEOUT_MS,
            attempts: 4,
          },
          (client, call) =>
            client.deleteRepository({ name, idempotencyKey }, call),
        )
        .then(({ deleted }) => deleted)
        .catch(error => {
          if (error instanceof NotFoundError) return false;
          throw error;
        });
      ctx.logger.info(
        undone
          ? `Repository ${name} is deleted: nothing half-made is left`
          : `There is no repository ${name}: nothing to take back`,
      );
      ctx.output('undone', undone);
    },
  });
}

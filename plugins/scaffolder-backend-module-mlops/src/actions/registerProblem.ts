import { stringifyEntityRef } from '@backstage/catalog-model';
import { InputError, ResponseError, toError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { isMLProblem } from '@mlops-portal/plugin-mlops-common';
import { pollUntil } from '../hub/poll';
import { examples } from './registerProblem.examples';

/** What the catalog said; its client's own message is only the status. */
function reasonOf(error: unknown): string {
  const said =
    error instanceof ResponseError
      ? error.body.error.message
      : toError(error).message;
  return /not ?found|404/i.test(said)
    ? `${said}. If its repository was taken back after a failure, create the problem anew`
    : said;
}

const VISIBLE_WITHIN_MS = 30_000;

/**
 * `mlops:problem:register`: registers a catalog-info.yaml that declares an ML problem. Unlike
 * `catalog:register` it registers nothing when the file is broken, may run twice, and waits until the
 * problem's page exists.
 */
export function registerProblemAction({
  catalog,
  visibleWithinMs = VISIBLE_WITHIN_MS,
}: {
  catalog: CatalogService;
  visibleWithinMs?: number;
}) {
  return createTemplateAction({
    id: 'mlops:problem:register',
    description:
      'Registers the catalog-info.yaml of an ML problem and waits until its page exists; may run twice',
    examples,
    schema: {
      input: {
        catalogInfoUrl: z => z.string().describe('URL of catalog-info.yaml'),
      },
      output: {
        entityRef: z => z.string().describe('The problem'),
        entities: z => z.array(z.string()).describe('All that was registered'),
      },
    },
    async handler(ctx) {
      const { catalogInfoUrl: target } = ctx.input;
      const location = { type: 'url', target };
      const credentials = await ctx.getInitiatorCredentials();
      const { entities } = await catalog
        .addLocation({ ...location, dryRun: true }, { credentials })
        .catch(error => {
          throw new InputError(
            `The catalog refuses ${target}: ${reasonOf(error)}`,
            error,
          );
        });
      const problem = entities.find(isMLProblem);
      if (!problem) {
        throw new InputError(`${target} declares no entity of kind MLProblem`);
      }
      await catalog.addLocation(
        { ...location, onConflict: 'refresh' },
        { credentials },
      );
      const entityRef = stringifyEntityRef(problem);
      const visible = await pollUntil(
        async () => {
          const entity = await catalog.getEntityByRef(entityRef, {
            credentials: await ctx.getInitiatorCredentials(),
          });
          return entity ? true : undefined;
        },
        { withinMs: visibleWithinMs, everyMs: 500, signal: ctx.signal },
      );
      ctx.logger.info(
        visible
          ? `${entityRef} is in the catalog`
          : `${entityRef} is registered; its page comes within a minute`,
      );
      ctx.output('entityRef', entityRef);
      ctx.output(
        'entities',
        entities
          .filter(e => e.kind !== 'Location')
          .map(e => stringifyEntityRef(e)),
      );
    },
  });
}

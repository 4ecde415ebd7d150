import { stringifyError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { MlopsClient } from '@mlops-portal/plugin-mlops-common';
import type { HubAccess } from '../hub/HubAccess';
import { pollUntil } from '../hub/poll';
import { examples } from './waitForFirstRun.examples';

const CALL_TIMEOUT_MS = 10_000;
const DEFAULT_WAIT_S = 90;
const EVERY_MS = 2_000;

/** `mlops:first-run:wait`: waits until the first run of a problem's pipeline is visible. It never fails for lack of one. */
export function waitForFirstRunAction({
  hub,
  everyMs = EVERY_MS,
}: {
  hub: HubAccess;
  everyMs?: number;
}) {
  return createTemplateAction({
    id: 'mlops:first-run:wait',
    description:
      'Waits until the first run of a new problem is visible; goes on without it when that takes too long',
    examples,
    schema: {
      input: {
        name: z => z.string().describe('Name of the problem'),
        seconds: z =>
          z.number().min(0).max(3600).optional().describe('How long to wait'),
      },
      output: {
        runId: z => z.string().describe('Id of the run; empty without one'),
        runUrl: z => z.string().describe('Page of the run, or of all runs'),
        ci: z => z.string().describe('State of the first CI pipeline, if any'),
      },
    },
    async handler(ctx) {
      const { name, seconds = DEFAULT_WAIT_S } = ctx.input;
      const ask = <T>(
        get: (hub: MlopsClient, call: { signal: AbortSignal }) => Promise<T>,
      ) =>
        hub.call(
          ctx,
          { what: `list runs of ${name}`, timeoutMs: CALL_TIMEOUT_MS },
          get,
        );
      let ci = '';
      const look = async () => {
        try {
          const jobs = await ask((client, call) =>
            client.listCiPipelines({ name, limit: 1 }, call),
          );
          const first = jobs.items[0];
          if (first && first.state !== ci) {
            ctx.logger.info(
              `CI of commit ${first.commit.slice(0, 7)}: ${first.state}`,
            );
          }
          ci = first?.state ?? '';
          const runs = await ask((client, call) =>
            client.listRuns({ name, limit: 1 }, call),
          );
          if (runs.items[0]) return { run: runs.items[0] };
          // A CI that has failed starts no run: waiting longer would show nothing.
          return ci === 'failed' || ci === 'stopped' ? {} : undefined;
        } catch (error) {
          if (ctx.signal?.aborted) throw error;
          ctx.logger.warn(stringifyError(error));
          return undefined;
        }
      };
      const found = await pollUntil<{ run?: { id: string; number: number } }>(
        look,
        { withinMs: seconds * 1000, everyMs, signal: ctx.signal },
      );
      const run = found?.run;
      ctx.logger.info(
        run
          ? `Run ${run.number} has started`
          : 'No run is visible yet; it appears on the page of the pipeline',
      );
      ctx.output('runId', run?.id ?? '');
      ctx.output(
        'runUrl',
        run ? `/ml/runs/${run.id}` : `/ml/pipelines/${name}`,
      );
      ctx.output('ci', ci);
    },
  });
}

import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { ProblemFormInput } from '@mlops-portal/plugin-mlops-common';
import type { HubAccess } from '../hub/HubAccess';
import { fieldsAsText } from '../hub/refusal';
import { examples } from './planProblem.examples';

/** Reading three million rows takes seconds; a slow disk takes longer. */
const TIMEOUT_MS = 180_000;

/** `mlops:problem:plan`: checks the form against the table and gives the values that the repository is rendered with. */
export function planProblemAction({ hub }: { hub: HubAccess }) {
  return createTemplateAction({
    id: 'mlops:problem:plan',
    description:
      'Checks the form of a new ML problem against its table; fails with every field that cannot work, before anything is made',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        form: z =>
          z
            .object({ name: z.string() })
            .passthrough()
            .describe('What the form of a new ML problem sends'),
      },
      output: {
        values: z =>
          z.record(z.any()).describe('Values for the repository template'),
        task: z => z.string().describe('binary, multiclass or regression'),
        summary: z => z.string().describe('What would be made, in a sentence'),
      },
    },
    async handler(ctx) {
      const { form } = ctx.input;
      const plan = await hub.call(
        ctx,
        {
          what: `plan problem ${form.name}`,
          timeoutMs: TIMEOUT_MS,
          attempts: 2,
        },
        (client, call) =>
          client.planProblem(
            { body: form as unknown as ProblemFormInput },
            call,
          ),
      );
      if (plan.errors.length || !plan.values) {
        const reason = fieldsAsText(plan.errors) || 'the hub gave no reason';
        throw new InputError(
          `Problem ${form.name} cannot be made: ${reason}. Nothing was made; change the form and create it again`,
        );
      }
      const { task, target } = plan.values;
      const inputs = Object.keys(plan.values.columns).length;
      const summary = `${form.name}: ${task} of ${target} from ${inputs} columns`;
      ctx.logger.info(summary);
      ctx.output('values', plan.values);
      ctx.output('task', task);
      ctx.output('summary', summary);
    },
  });
}

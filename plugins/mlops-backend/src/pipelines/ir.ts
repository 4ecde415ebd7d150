import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { FieldsError } from '../router/errors';

const irSchema = z.looseObject({
  pipelineInfo: z.looseObject({ name: z.string().min(1) }),
  deploymentSpec: z.looseObject({}),
  root: z.looseObject({
    inputDefinitions: z
      .looseObject({
        parameters: z.record(z.string(), z.unknown()).default({}),
      })
      .optional(),
  }),
});

/** Names of the parameters that a compiled KFP v2 pipeline takes. FieldsError at `ir` where the text is not one. */
export function parametersOf(ir: string): Set<string> {
  const [document] = parseAllDocuments(ir);
  const error =
    document && 'errors' in document ? document.errors[0] : undefined;
  if (error) {
    throw new FieldsError(
      [
        {
          field: 'ir',
          message: `is not YAML: ${error.message.split('\n')[0]}`,
        },
      ],
      'the compiled pipeline',
    );
  }
  const parsed = irSchema.safeParse(
    document && 'toJS' in document ? document.toJS() : undefined,
  );
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0];
    throw new FieldsError(
      [
        {
          field: 'ir',
          message: `is not a compiled KFP v2 pipeline (${
            path.join('.') || 'document'
          }: ${message})`,
        },
      ],
      'the compiled pipeline',
    );
  }
  return new Set(
    Object.keys(parsed.data.root.inputDefinitions?.parameters ?? {}),
  );
}

/** FieldsError naming each parameter that the pipeline does not take. */
export function checkParameters(
  declared: Set<string>,
  given: Record<string, unknown>,
): void {
  const unknown = Object.keys(given).filter(name => !declared.has(name));
  if (!unknown.length) return;
  const known = [...declared].join(', ') || 'none';
  throw new FieldsError(
    unknown.map(name => ({
      field: `parameters.${name}`,
      message: `the pipeline has no such parameter; it takes: ${known}`,
    })),
    'the start of the run',
  );
}

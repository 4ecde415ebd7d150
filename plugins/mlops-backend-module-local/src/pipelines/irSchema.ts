import { InputError } from '@backstage/errors';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';

const inputSchema = z.looseObject({
  taskOutputParameter: z
    .looseObject({ producerTask: z.string(), outputParameterKey: z.string() })
    .optional(),
  taskOutputArtifact: z
    .looseObject({ producerTask: z.string(), outputArtifactKey: z.string() })
    .optional(),
  componentInputParameter: z.string().optional(),
  componentInputArtifact: z.string().optional(),
});
export type TaskInput = z.infer<typeof inputSchema>;

const taskSchema = z.looseObject({
  componentRef: z.looseObject({ name: z.string() }),
  dependentTasks: z.array(z.string()).default([]),
  inputs: z
    .looseObject({
      parameters: z.record(z.string(), inputSchema).default({}),
      artifacts: z.record(z.string(), inputSchema).default({}),
    })
    .default({ parameters: {}, artifacts: {} }),
  parameterIterator: z
    .looseObject({
      itemInput: z.string(),
      items: z.looseObject({
        raw: z.string().optional(),
        inputParameter: z.string().optional(),
      }),
    })
    .optional(),
  artifactIterator: z.looseObject({}).optional(),
});
export type Task = z.infer<typeof taskSchema>;

const selectorSchema = z.looseObject({
  producerSubtask: z.string(),
  outputParameterKey: z.string().optional(),
  outputArtifactKey: z.string().optional(),
});

const dagSchema = z.looseObject({
  tasks: z.record(z.string(), taskSchema),
  outputs: z
    .looseObject({
      parameters: z
        .record(
          z.string(),
          z.looseObject({
            valueFromParameter: selectorSchema.optional(),
            valueFromOneof: z
              .looseObject({ parameterSelectors: z.array(selectorSchema) })
              .optional(),
          }),
        )
        .default({}),
      artifacts: z
        .record(
          z.string(),
          z.looseObject({ artifactSelectors: z.array(selectorSchema) }),
        )
        .default({}),
    })
    .default({ parameters: {}, artifacts: {} }),
});
export type Dag = z.infer<typeof dagSchema>;

const parameterSchema = z.looseObject({
  parameterType: z.string(),
  isOptional: z.boolean().optional(),
  defaultValue: z.unknown().optional(),
});

/** The parts of a compiled KFP v2 pipeline that are read here; the rest is the runner's. */
const irSchema = z.looseObject({
  pipelineInfo: z.looseObject({ name: z.string() }),
  root: z.looseObject({
    dag: dagSchema,
    inputDefinitions: z
      .looseObject({
        parameters: z.record(z.string(), parameterSchema).default({}),
      })
      .default({ parameters: {} }),
  }),
  components: z.record(
    z.string(),
    z.looseObject({
      executorLabel: z.string().optional(),
      dag: dagSchema.optional(),
    }),
  ),
  deploymentSpec: z.looseObject({
    executors: z.record(
      z.string(),
      z.looseObject({
        container: z
          .looseObject({ command: z.array(z.string()).default([]) })
          .optional(),
      }),
    ),
  }),
});
export type Ir = z.infer<typeof irSchema>;

/** Reads the text of a compiled pipeline; InputError names the field that is wrong. */
export function parseIr(text: string): Ir {
  const document = parseAllDocuments(text)[0];
  if (!document || !('toJS' in document) || document.errors.length) {
    const reason = document?.errors?.[0]?.message ?? 'it is empty';
    throw new InputError(
      `The compiled pipeline (ir) is not YAML: ${reason.split('\n')[0]}`,
    );
  }
  const parsed = irSchema.safeParse(document.toJS());
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new InputError(
      `The compiled pipeline (ir) is not KFP v2: field '${issue.path.join(
        '.',
      )}': ${issue.message}`,
    );
  }
  return parsed.data;
}

/** InputError when the pipeline has no such parameter, one is missing, or its type differs. */
export function checkParameters(
  ir: Ir,
  given: Record<string, string | number | boolean>,
) {
  const known = ir.root.inputDefinitions.parameters;
  const types: Record<string, string> = {
    STRING: 'string',
    NUMBER_INTEGER: 'number',
    NUMBER_DOUBLE: 'number',
    BOOLEAN: 'boolean',
  };
  for (const [name, value] of Object.entries(given)) {
    const parameter = known[name];
    if (!parameter) {
      throw new InputError(
        `The pipeline '${
          ir.pipelineInfo.name
        }' has no parameter '${name}'; it has ${
          Object.keys(known).join(', ') || 'none'
        }.`,
      );
    }
    const wanted = types[parameter.parameterType];
    if (wanted && typeof value !== wanted) {
      throw new InputError(
        `Parameter '${name}' of the pipeline '${
          ir.pipelineInfo.name
        }' must be a ${wanted}, not a ${typeof value}.`,
      );
    }
  }
  for (const [name, parameter] of Object.entries(known)) {
    const optional = parameter.isOptional || 'defaultValue' in parameter;
    if (!optional && !(name in given)) {
      throw new InputError(
        `The pipeline '${ir.pipelineInfo.name}' needs a value for its parameter '${name}'.`,
      );
    }
  }
}

/** InputError for what cannot run as a process: a step that is a container's own command. */
export function checkRunsHere(ir: Ir) {
  for (const [label, executor] of Object.entries(ir.deploymentSpec.executors)) {
    const command = executor.container?.command;
    const [first] = command ?? [];
    if (
      command &&
      (first === 'python3' ||
        !command.some(part => part.includes('kfp.dsl.executor_main')))
    ) {
      throw new InputError(
        `Step '${label.replace(
          /^exec-/,
          '',
        )}' runs a container image's own command, which needs a cluster. On one machine only Python components run: use @dsl.component.`,
      );
    }
  }
}

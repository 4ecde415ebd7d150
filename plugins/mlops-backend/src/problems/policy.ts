import { parse } from 'yaml';
import { z } from 'zod';
import { InputError } from '@backstage/errors';
import { riskClassSchema, taskSchema } from '@mlops-portal/plugin-mlops-common';

const duration = z
  .string()
  .regex(/^\d+(\.\d+)?\s*(s|min|h|d|w)$/i, 'a length such as 7d or 12h');

const policySchema = z.looseObject({
  name: z.string(),
  title: z.string().default(''),
  task: taskSchema,
  time: z.string().nullish(),
  risk: riskClassSchema.default('limited'),
  metric: z.looseObject({
    name: z.string(),
    target: z.number().nullish(),
  }),
  windows: z
    .looseObject({
      train: duration.optional(),
      test: duration.optional(),
      until: z.string().nullish(),
    })
    .default({}),
  serving: z
    .looseObject({
      canary: z.array(z.number().min(1).max(100)).default([10, 100]),
    })
    .prefault({}),
  monitoring: z
    .looseObject({
      window: duration.default('7d'),
      limit: z.number().positive().default(0.2),
      min_rows: z.number().int().positive().default(1000),
    })
    .prefault({}),
  retraining: z
    .looseObject({
      schedule: z.string().default(''),
      when: z.array(z.string()).default([]),
      cool_down: duration.default('7d'),
      needed_windows: z.number().int().min(1).default(2),
    })
    .prefault({}),
});
export type Policy = z.infer<typeof policySchema>;

/** Reads the text of problem.yaml. InputError naming the field and the reason. */
export function readPolicy(name: string, text: string): Policy {
  let document: unknown;
  try {
    document = parse(text);
  } catch (error) {
    throw new InputError(
      `problem.yaml of ${name} is no YAML: ${error}; mend it and push`,
    );
  }
  const checked = policySchema.safeParse(document);
  if (!checked.success) {
    const issue = checked.error.issues[0];
    throw new InputError(
      `problem.yaml of ${name}: ${issue.path.join('.') || 'document'}: ${
        issue.message
      }`,
    );
  }
  if (checked.data.name !== name) {
    throw new InputError(
      `problem.yaml of ${name} names the problem ${checked.data.name}; the name is fixed once the problem is made`,
    );
  }
  return checked.data;
}

const DAYS: Record<string, number> = {
  s: 1 / 86_400,
  min: 1 / 1440,
  h: 1 / 24,
  d: 1,
  w: 7,
};

/** "7d" -> 7, "12h" -> 0.5; null for undefined. */
export function daysOf(text: string | undefined): number | null {
  const parts = text && /^([\d.]+)\s*(\w+)$/.exec(text);
  return parts ? Number(parts[1]) * DAYS[parts[2].toLowerCase()] : null;
}

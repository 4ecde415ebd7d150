import { z } from 'zod';
import {
  directionSchema,
  riskClassSchema,
  taskSchema,
} from '../vocabulary/states';
import { nameSchema, route } from './route';

/** Encodings of CSV files beside UTF-8, by names that browsers and Python share. */
export const ENCODINGS = [
  'windows-1256',
  'windows-1252',
  'windows-1251',
  'windows-1250',
  'windows-1253',
  'windows-1254',
  'windows-1255',
  'windows-1257',
  'windows-1258',
  'utf-16le',
  'utf-16be',
  'gb18030',
  'big5',
  'ms932',
  'euc-kr',
] as const;
/** What a CSV file is taken for that neither starts with a mark nor is valid UTF-8. */
export const encodingSchema = z.enum(ENCODINGS);
export type Encoding = z.infer<typeof encodingSchema>;
const encoding = encodingSchema.optional();

/** Where a table is. `path`: inside the folders that the operator allows; `url`: on its allow list; `upload`: id of an upload. */
export const tableSourceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('example'), example: z.string() }),
  z.object({ kind: z.literal('path'), path: z.string().min(1), encoding }),
  z.object({ kind: z.literal('url'), url: z.string().min(1), encoding }),
  z.object({
    kind: z.literal('upload'),
    uploadId: z.string().min(1),
    encoding,
  }),
]);
export type TableSource = z.infer<typeof tableSourceSchema>;

export const columnKindSchema = z.enum(['number', 'text', 'date', 'flag']);
export type ColumnKind = z.infer<typeof columnKindSchema>;

export const columnProfileSchema = z.object({
  name: z.string(),
  /** Type in the source: BIGINT, VARCHAR, TIMESTAMP, ... */
  sourceType: z.string(),
  /** How the column would be used as an input; null with `leftOut` where it cannot. */
  kind: columnKindSchema.nullable(),
  leftOut: z.string().optional(),
  nulls: z.number().int(),
  /** Approximate above 10,000. */
  distinct: z.number().int(),
  min: z.string().nullable(),
  max: z.string().nullable(),
  /** Up to five different values as text. */
  samples: z.array(z.string()),
  /**
   * The ten most frequent values, ten equal cells between min and max (times), or up to about thirty cells with round bounds over where
   * nearly all numbers lie, in order. `from` and `to` bound a cell of numbers; the outer cells reach to min and max, so that they
   * may be wider than the others.
   */
  histogram: z.array(
    z.object({
      label: z.string(),
      count: z.number().int(),
      from: z.number().optional(),
      to: z.number().optional(),
    }),
  ),
  /** Share of values that parse as a time; 1 for times. */
  timeShare: z.number(),
  /** How the values are written, where that is not plain: see `written` of the form. */
  written: z.string().optional(),
  /** Its dates can be read in both of these ways, day first and month first; `written` is the one that was chosen. */
  orders: z.array(z.string()).optional(),
});
export type ColumnProfile = z.infer<typeof columnProfileSchema>;

export const tableProfileSchema = z.object({
  /** Absolute path or URL that the repository will read (DATA_URI). */
  uri: z.string(),
  format: z.enum(['csv', 'parquet']),
  /** Of CSV. Not `sure`: the letters fit, but others might as well. */
  encoding: z
    .object({
      name: z.union([encodingSchema, z.literal('utf-8')]),
      sure: z.boolean(),
    })
    .optional(),
  sizeBytes: z.number(),
  rows: z.number().int(),
  columns: z.array(columnProfileSchema),
  sampleRows: z.array(z.record(z.string(), z.string().nullable())),
  readMs: z.number(),
  /** Roles that names and types suggest. */
  suggested: z.object({
    target: z.string().optional(),
    positive: z.string().optional(),
    time: z.string().optional(),
    entity: z.array(z.string()),
    /** For example data: last day of the first training, later rows are replayed as live traffic. */
    trainUntil: z.string().optional(),
  }),
});
export type TableProfile = z.infer<typeof tableProfileSchema>;

/** "> 15", "<= 3", "== yes": when a row counts as positive. */
export const positiveRuleSchema = z
  .string()
  .regex(/^(>=|<=|==|>|<)\s*.+$/, 'a rule such as "> 15" or "== yes"');

/** Column -> how its values are written, chosen by a person among the `orders` of its profile. */
export const writtenChoiceSchema = z.record(z.string(), z.string());

/** What the form of "New ML problem" sends. */
export const problemFormSchema = z.object({
  name: nameSchema,
  title: z.string().trim().min(3).max(120),
  objective: z.string().trim().max(500).default(''),
  owner: z.string().min(1),
  source: tableSourceSchema,
  target: z.string().min(1),
  positive: positiveRuleSchema.optional(),
  time: z.string().optional(),
  entity: z.array(z.string()).default([]),
  exclude: z.array(z.string()).default([]),
  written: writtenChoiceSchema.default({}),
  metric: z
    .object({ name: z.string(), target: z.number().optional() })
    .optional(),
  risk: riskClassSchema.default('limited'),
  retraining: z
    .object({
      /** Cron with five fields; empty: never by schedule. */
      schedule: z.string().default(''),
      when: z.array(z.enum(['drift', 'quality'])).default(['drift', 'quality']),
      /** Days between two retrainings. */
      coolDownDays: z.number().int().min(0).max(365).default(7),
      /** Windows in a row over the limit before a retraining starts. */
      neededWindows: z.number().int().min(1).max(20).default(2),
    })
    .prefault({}),
  /** First day after the first training's test window (ISO date); empty: the end of the data. */
  trainUntil: z.string().default(''),
});
export type ProblemForm = z.infer<typeof problemFormSchema>;
export type ProblemFormInput = z.input<typeof problemFormSchema>;

export const fieldErrorSchema = z.object({
  field: z.string(),
  message: z.string(),
});
export type FieldError = z.infer<typeof fieldErrorSchema>;

/** Values that the repository template is rendered with; the schema beside the template is the authority on their use. */
export const templateValuesSchema = z.looseObject({
  name: z.string(),
  title: z.string(),
  objective: z.string(),
  owner: z.string(),
  data: z.string(),
  /** Of a CSV file that is not in UTF-8. */
  encoding: encodingSchema.nullish(),
  /** Column -> how its numbers or times are written, where that is not plain. */
  written: z.record(z.string(), z.string()).optional(),
  task: taskSchema,
  risk: riskClassSchema,
  target: z.string(),
  positive: z.string().nullable(),
  time: z.string().nullable(),
  entity: z.array(z.string()),
  columns: z.record(z.string(), columnKindSchema),
  left_out: z.record(z.string(), z.string()),
  calendar: z.record(z.string(), z.string()),
  from_dates: z.record(z.string(), z.string()),
  history: z.record(z.string(), z.unknown()).nullable(),
  windows: z.record(z.string(), z.union([z.string(), z.number()])),
  numbers: z.array(z.string()),
  texts: z.array(z.string()),
  max_missing: z.record(z.string(), z.number()),
  min_rows: z.number().int(),
  metric: z.object({ name: z.string(), target: z.number().optional() }),
  direction: directionSchema,
  train_until: z.string(),
  retraining: z.record(z.string(), z.unknown()),
  monitoring: z.record(z.string(), z.unknown()),
  serving: z.record(z.string(), z.unknown()),
});
export type TemplateValues = z.infer<typeof templateValuesSchema>;

export const problemPlanSchema = z.object({
  /** Empty when the problem can be made. */
  errors: z.array(fieldErrorSchema),
  task: taskSchema.optional(),
  /** Share of positive rows by the rule. */
  positiveShare: z.number().optional(),
  /** Two classes of which nobody has said which is positive: why one of them was taken, and which they are. */
  positiveWhy: z.enum(['word', 'rarer', 'later']).optional(),
  twoClasses: z.array(z.string()).optional(),
  classes: z.number().int().optional(),
  values: templateValuesSchema.optional(),
});
export type ProblemPlan = z.infer<typeof problemPlanSchema>;

export const sourceRoutes = {
  listExamples: route({
    method: 'get',
    path: '/sources/examples',
    tag: 'sources',
    summary:
      'Example tables that come with the portal, and where tables may come from',
    permission: 'mlops.read',
    response: z.object({
      examples: z.array(
        z.object({
          id: z.string(),
          title: z.string(),
          description: z.string(),
        }),
      ),
      allowedFolders: z.array(z.string()),
      allowedHosts: z.array(z.string()),
      maxUploadBytes: z.number(),
    }),
  }),
  inspectSource: route({
    method: 'post',
    path: '/sources/inspect',
    tag: 'sources',
    summary:
      'Reads a table: columns with type, nulls, distribution and samples',
    permission: 'mlops.problem.create',
    body: z.object({
      source: tableSourceSchema,
      written: writtenChoiceSchema.optional(),
    }),
    response: tableProfileSchema,
  }),
  planProblem: route({
    method: 'post',
    path: '/sources/plan',
    tag: 'sources',
    summary:
      'Checks the form against the table and says what would be made, or which field cannot work and why',
    permission: 'mlops.problem.create',
    body: problemFormSchema,
    response: problemPlanSchema,
  }),
};

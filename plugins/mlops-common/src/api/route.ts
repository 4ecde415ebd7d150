import { z } from 'zod';

/** Permissions by name; the objects are in `permissions.ts`. `none` marks the few routes that anybody who is signed in may ask. */
export type RoutePermission =
  | 'mlops.read'
  | 'mlops.problem.create'
  | 'mlops.run.start'
  | 'mlops.run.stop'
  | 'mlops.version.change'
  | 'mlops.approval.request'
  | 'mlops.approval.decide'
  | 'mlops.endpoint.change'
  | 'mlops.endpoint.infer'
  | 'mlops.alert.change'
  | 'mlops.retraining.change'
  | 'mlops.events.write'
  | 'mlops.audit.read';

export interface RouteSpec {
  method: 'get' | 'post' | 'put' | 'delete';
  /** Relative to /api/mlops, OpenAPI form: /runs/{id} */
  path: string;
  tag: string;
  summary: string;
  permission: RoutePermission;
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodType;
  response: z.ZodType;
}

/** Keeps the literal types of a route, so that router and client know its inputs and its answer. */
export function route<const T extends RouteSpec>(spec: T): T {
  return spec;
}

type Out<T> = T extends z.ZodType ? z.output<T> : {};
type In<T> = T extends z.ZodType ? z.input<T> : {};
type Field<T, K extends string> = T extends { [P in K]: infer V }
  ? V
  : undefined;

/** What the handler of a route gets, parsed and with defaults. */
export interface RouteInput<T extends RouteSpec> {
  params: Out<Field<T, 'params'>>;
  query: Out<Field<T, 'query'>>;
  body: Out<Field<T, 'body'>>;
}
export type RouteOutput<T extends RouteSpec> = z.output<T['response']>;
/** What a caller gives: path parameters, query and body; parts that a route lacks are `{}`. */
export interface RouteRequest<T extends RouteSpec> {
  params: In<Field<T, 'params'>>;
  query: In<Field<T, 'query'>>;
  body: In<Field<T, 'body'>>;
}

/** Names of problems, models, pipelines, endpoints: one name along the loop. */
export const nameSchema = z
  .string()
  .regex(
    /^[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
    'lower-case letters, digits and dashes, at most 63, starting with a letter',
  );

export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  offset: z.coerce.number().int().min(0).default(0),
});

/** A page of a list that can be searched: `q` is a part of the name, letters of either case. */
export const searchQuery = pageQuery.extend({
  q: z.string().max(100).optional(),
});

export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), total: z.number().int() });
}

/** ISO 8601 time with zone. */
export const timeSchema = z.string();
export const reasonSchema = z
  .string()
  .trim()
  .min(3, 'say why in at least three letters')
  .max(2000);
export const idempotencyKeySchema = z.string().min(8).max(200);

export const logChunkSchema = z.object({
  text: z.string(),
  nextOffset: z.number().int(),
  complete: z.boolean(),
});

import { openApiDocument } from '@mlops-portal/plugin-mlops-common';

export interface Parameter {
  name: string;
  in: string;
  required: boolean;
  schema: Schema;
}
export type Schema = Record<string, unknown>;

export interface Operation {
  id: string;
  method: string;
  path: string;
  tag: string;
  summary: string;
  permission: string;
  parameters: Parameter[];
  body?: Schema;
  answer?: Schema;
}

/** Operations of an OpenAPI document as made by `openApiDocument`, in the order of the document. */
export function operationsOf(
  document: ReturnType<typeof openApiDocument>,
): Operation[] {
  const paths = document.paths as Record<string, Record<string, any>>;
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, op]) => ({
      id: op.operationId,
      method,
      path,
      tag: op.tags[0],
      summary: op.summary,
      permission: op['x-permission'],
      parameters: op.parameters,
      body: op.requestBody?.content['application/json'].schema,
      answer: op.responses['200']?.content['application/json'].schema,
    })),
  );
}

/** Short name of a schema: "string", "number[]", "a | b", "object". */
export function typeName(schema: Schema): string {
  if (Array.isArray(schema.enum)) return schema.enum.map(String).join(' | ');
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  const union = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(union)) return union.map(typeName).join(' | ');
  if (schema.type === 'array')
    return `${typeName((schema.items ?? {}) as Schema)}[]`;
  return typeof schema.type === 'string' ? schema.type : 'any';
}

/** A curl call with placeholders, ready to be filled in. */
export function curlOf(server: string, op: Operation): string {
  const lines = [
    `curl -X ${op.method.toUpperCase()} '${server}${op.path}'`,
    `-H "authorization: Bearer $PORTAL_TOKEN"`,
  ];
  if (op.body)
    lines.push(`-H 'content-type: application/json'`, `-d @body.json`);
  return lines.join(' \\\n  ');
}

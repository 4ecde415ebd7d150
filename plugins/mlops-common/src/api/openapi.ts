import { z } from 'zod';
import { RouteSpec } from './route';

type Json = Record<string, unknown>;

const errorSchema = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['name', 'message'],
      properties: {
        name: {
          type: 'string',
          description:
            'InputError, NotFoundError, ConflictError, NotAllowedError, ...',
        },
        message: {
          type: 'string',
          description: 'What happened, to which object, what to do next',
        },
        fields: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              field: { type: 'string' },
              message: { type: 'string' },
            },
          },
        },
      },
    },
  },
};

/** The hub's OpenAPI 3.1 document, made from the route table. `server` is the absolute URL of /api/mlops. */
export function openApiDocument(
  routes: Record<string, RouteSpec>,
  server: string,
): Json {
  const paths: Record<string, Json> = {};
  for (const [id, spec] of Object.entries(routes)) {
    paths[spec.path] = {
      ...paths[spec.path],
      [spec.method]: operation(id, spec),
    };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'ML portal hub',
      version: '1',
      description:
        'Problems, pipelines, registry, serving, monitoring and lineage of the ML portal.',
    },
    servers: [{ url: server }],
    security: [{ bearer: [] }],
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
      schemas: { Error: errorSchema },
    },
    paths,
  };
}

function operation(id: string, spec: RouteSpec): Json {
  return {
    operationId: id,
    tags: [spec.tag],
    summary: spec.summary,
    'x-permission': spec.permission,
    parameters: [
      ...parameters('path', spec.params),
      ...parameters('query', spec.query),
    ],
    ...(spec.body
      ? {
          requestBody: {
            required: true,
            content: json(schemaOf(spec.body, 'input')),
          },
        }
      : {}),
    responses: {
      '200': {
        description: 'Done',
        content: json(schemaOf(spec.response, 'output')),
      },
      default: {
        description: 'Refused or failed',
        content: json({ $ref: '#/components/schemas/Error' }),
      },
    },
  };
}

function parameters(where: 'path' | 'query', shape?: z.ZodObject): Json[] {
  return Object.entries(shape?.shape ?? {}).map(([name, type]) => ({
    name,
    in: where,
    required:
      where === 'path' || !z.safeParse(type as z.ZodType, undefined).success,
    schema: schemaOf(type as z.ZodType, 'output'),
  }));
}

function schemaOf(type: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema, ...schema } = z.toJSONSchema(type, {
    io,
    unrepresentable: 'any',
  }) as Json;
  return schema;
}

function json(schema: Json): Json {
  return { 'application/json': { schema } };
}

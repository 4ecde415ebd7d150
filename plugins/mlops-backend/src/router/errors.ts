import { InputError, isError } from '@backstage/errors';
import { FieldError } from '@mlops-portal/plugin-mlops-common';
import { DISK_FULL, isDiskFull } from '@mlops-portal/plugin-mlops-node';
import { z } from 'zod';

/** A refused input that names its fields, to be shown beside them. */
export class FieldsError extends InputError {
  readonly fields: FieldError[];

  constructor(fields: FieldError[], subject = 'the request') {
    const first = fields
      .slice(0, 3)
      .map(({ field, message }) => `${field}: ${message}`);
    super(`${subject} is not valid: ${first.join('; ')}`);
    this.fields = fields;
  }
}

/** Field errors of a zod refusal; `part` names where the field is when it is not in the body. */
export function fieldsOf(error: z.ZodError, part = ''): FieldError[] {
  return error.issues.map(issue => ({
    field:
      [part, ...issue.path.map(String)].filter(Boolean).join('.') || 'body',
    message: issue.message,
  }));
}

export interface ErrorAnswer {
  status: number;
  headers: Record<string, string>;
  body: { error: { name: string; message: string; fields?: FieldError[] } };
}

const STATUS: Record<string, number> = {
  InputError: 400,
  AuthenticationError: 401,
  NotAllowedError: 403,
  NotFoundError: 404,
  ConflictError: 409,
  NotImplementedError: 501,
  ServiceUnavailableError: 503,
  TimeoutError: 503,
  AbortError: 503,
};

const FULL: ErrorAnswer = {
  status: 507,
  headers: { 'retry-after': '60' },
  body: { error: DISK_FULL },
};

/** The answer for an error; undefined for one that nobody expected. */
export function answerOf(error: unknown): ErrorAnswer | undefined {
  if (!isError(error)) return undefined;
  if (isDiskFull(error)) return FULL;
  const { statusCode, fields, retryAfterSeconds, expose } = error as Error & {
    statusCode?: number;
    fields?: FieldError[];
    retryAfterSeconds?: number;
    expose?: boolean;
  };
  const status =
    STATUS[error.name] ??
    (statusCode && (statusCode === 429 || expose || error.name === 'URIError')
      ? statusCode
      : undefined);
  if (!status) return undefined;
  const name = STATUS[error.name] || status === 429 ? error.name : 'InputError';
  return {
    status,
    headers:
      status === 503 || status === 429
        ? { 'retry-after': String(retryAfterSeconds ?? 5) }
        : {},
    body: {
      error: {
        name,
        message: error.message,
        ...(Array.isArray(fields) ? { fields } : {}),
      },
    },
  };
}

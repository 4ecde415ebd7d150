import {
  AuthenticationError,
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
  stringifyError,
} from '@backstage/errors';
import type {
  FieldError,
  MlopsApiError,
} from '@mlops-portal/plugin-mlops-common';

const BY_STATUS: Record<number, new (message: string, cause?: Error) => Error> =
  {
    401: AuthenticationError,
    403: NotAllowedError,
    404: NotFoundError,
    409: ConflictError,
  };

/** Field errors as one readable text: `name: is taken; target: is constant`. */
export function fieldsAsText(fields: FieldError[]): string {
  return fields.map(({ field, message }) => `${field}: ${message}`).join('; ');
}

/** The error for what the hub refused. */
export function refusalOf(what: string, error: MlopsApiError): Error {
  const reason = error.fields.length
    ? fieldsAsText(error.fields)
    : error.message;
  const Refusal = BY_STATUS[error.status] ?? InputError;
  return new Refusal(`The hub refuses to ${what}: ${reason}`, error);
}

/** The error for a call of which nobody knows whether it was carried out. */
export function outcomeUnknown(what: string, error: unknown): Error {
  return new ServiceUnavailableError(
    `The hub did not answer when asked to ${what} (${stringifyError(
      error,
    )}). Retry continues where this stopped and doubles nothing`,
    error as Error,
  );
}

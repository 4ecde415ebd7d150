/** An answer that is not a prediction: `{ error: { name, message, field? } }` with this status. */
export class GatewayError extends Error {
  readonly field?: string;
  readonly retryAfterSeconds?: number;

  constructor(
    readonly status: number,
    readonly errorName: string,
    message: string,
    options: {
      field?: string;
      retryAfterSeconds?: number;
      cause?: unknown;
    } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = errorName;
    this.field = options.field;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }

  toBody(): string {
    return JSON.stringify({
      error: {
        name: this.errorName,
        message: this.message,
        ...(this.field === undefined ? {} : { field: this.field }),
      },
    });
  }
}

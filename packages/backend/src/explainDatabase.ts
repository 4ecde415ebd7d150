import { DISK_FULL, isDiskFull } from '@mlops-portal/plugin-mlops-node';

/** The part of an answer that is needed here. */
interface Answer {
  statusCode: number;
  json(body: unknown): unknown;
  setHeader(name: string, value: string): unknown;
}

/** Knex puts the statement before what the database says: "insert into `a` ... - SQLITE_BUSY: database is locked". */
const STATEMENT =
  /^(with|select|insert|update|delete|create|alter|drop|begin|commit|rollback|savepoint|release|pragma)\b[^]* - /i;

/**
 * Middleware for every route of every plugin: an answer with an error of a full disk becomes 507 with what to do, and one with
 * a statement of SQL in it says that the database refused. Both are in the log as they were.
 */
export function explainDatabase(
  _request: unknown,
  answer: Answer,
  next: () => void,
): void {
  const send = answer.json.bind(answer);
  answer.json = body => {
    const error = answer.statusCode >= 500 ? errorIn(body) : undefined;
    if (error && isDiskFull(error)) {
      answer.statusCode = 507;
      answer.setHeader('retry-after', '60');
      return send({ error: DISK_FULL, response: { statusCode: 507 } });
    }
    if (error && STATEMENT.test(error.message)) {
      const { statusCode } = answer;
      return send({
        error: {
          name: 'DatabaseError',
          message:
            'The database of the portal refused this; try again, and look into the log of the portal if it stays so',
        },
        response: { statusCode },
      });
    }
    return send(body);
  };
  next();
}

function errorIn(body: unknown): { message: string } | undefined {
  const { error } = (body ?? {}) as { error?: { message?: unknown } };
  return typeof error?.message === 'string'
    ? (error as { message: string })
    : undefined;
}

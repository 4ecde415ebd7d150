import { isError } from '@backstage/errors';

/** Codes of the system, of SQLite and of Postgres. */
const FULL_CODES = new Set(['ENOSPC', 'EDQUOT', 'SQLITE_FULL', '53100']);
/** SQLite undoes a transaction by itself when the disk is full; what is told then is that it cannot be undone again. */
const FULL_WORDS =
  /no space left on device|disk is full|ENOSPC|cannot rollback - no transaction is active/i;

/** What anybody is told whose request met a full disk. HTTP status 507, worth another try after a minute. */
export const DISK_FULL = {
  name: 'DiskFullError',
  message:
    "The portal's disk is full, so nothing was changed. Free space on the disk of the data folder (PORTAL_HOME) and try again; docs/operating.md says what may go",
} as const;

/** Whether an error, or one that caused it, comes from a disk without space; also of an error that was sent as JSON. */
export function isDiskFull(error: unknown): boolean {
  for (let at = error, depth = 0; isError(at) && depth < 8; depth += 1) {
    if (FULL_CODES.has(String(at.code)) || FULL_WORDS.test(at.message))
      return true;
    at = at.cause;
  }
  return false;
}

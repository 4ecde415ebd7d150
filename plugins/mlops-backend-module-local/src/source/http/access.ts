import { createHash, timingSafeEqual } from 'node:crypto';
import type { NextFunction, Request, RequestHandler, Response } from 'express';

/** Says whether a token opens the repositories. */
export type VerifyToken = (token: string) => Promise<boolean>;

const digest = (text: string) => createHash('sha256').update(text).digest();

/** Accepts the given tokens; the time it takes tells nothing about them. */
export function createTokenVerifier(tokens: string[]): VerifyToken {
  const known = tokens.filter(token => token !== '').map(digest);
  return async token => {
    const asked = digest(token);
    return known.reduce(
      (found, one) => timingSafeEqual(one, asked) || found,
      false,
    );
  };
}

/** The token of `Authorization: Bearer <token>`, or the password of Basic authentication. */
export function tokenOf(header: string | undefined): string | undefined {
  const [scheme, value = ''] = (header ?? '').split(' ', 2);
  if (/^bearer$/i.test(scheme)) return value || undefined;
  if (!/^basic$/i.test(scheme)) return undefined;
  const pair = Buffer.from(value, 'base64').toString('utf8');
  const colon = pair.indexOf(':');
  return colon < 0 ? undefined : pair.slice(colon + 1) || undefined;
}

/** Answers 401 unless the request carries a token that `verify` accepts. The user name of Basic authentication is ignored. */
export function requireToken(verify: VerifyToken): RequestHandler {
  return async (req: Request, res: Response, next: NextFunction) => {
    try {
      const token = tokenOf(req.headers.authorization);
      if (token !== undefined && (await verify(token))) {
        next();
        return;
      }
    } catch (error) {
      next(error);
      return;
    }
    res
      .status(401)
      .set('WWW-Authenticate', 'Basic realm="repositories", charset="UTF-8"')
      .type('text/plain')
      .send(
        'An access token is needed: give it as the password, with any user name.\n',
      );
  };
}

import { setTimeout as pause } from 'node:timers/promises';
import { Failure } from '../portal/terminal.mjs';

/** Backstage's and the hub's HTTP APIs with one access token. Every call has a time limit; a refusal is told with its reason. */
export class PortalApi {
  constructor(url, token) {
    this.url = url;
    this.token = token;
  }

  async call(method, path, body, seconds = 60) {
    const response = await fetch(`${this.url}/api/${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(seconds * 1000),
    });
    const text = await response.text();
    if (!response.ok)
      throw new Failure(
        `${method} /api/${path} answered ${response.status}: ${reasonOf(text)}`,
      );
    return text ? JSON.parse(text) : undefined;
  }

  get(path) {
    return this.call('GET', path);
  }

  post(path, body = {}, seconds) {
    return this.call('POST', path, body, seconds);
  }

  /** Asks until `done` gives something; fails after the time limit with what was seen last. */
  async until(what, ask, done, seconds = 300) {
    let seen;
    for (
      const end = Date.now() + seconds * 1000;
      Date.now() < end;
      await pause(500)
    ) {
      seen = await ask().catch(error => ({ error: error.message }));
      const found = await done(seen);
      if (found) return found;
    }
    throw new Failure(
      `${what}: nothing within ${seconds} s; last seen: ${JSON.stringify(
        seen,
      ).slice(0, 600)}`,
    );
  }
}

function reasonOf(text) {
  try {
    const { error } = JSON.parse(text);
    return [
      error.message,
      ...(error.fields ?? []).map(
        ({ field, message }) => `${field}: ${message}`,
      ),
    ].join('; ');
  } catch {
    return text.slice(0, 300);
  }
}

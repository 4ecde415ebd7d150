import { RouteSpec } from '@mlops-portal/plugin-mlops-common';
import { Request } from 'express';
import { z } from 'zod';
import { parse } from './parse';

const spec: RouteSpec = {
  method: 'post',
  path: '/things/{name}',
  tag: 'test',
  summary: '',
  permission: 'mlops.read',
  params: z.object({ name: z.string() }),
  query: z.object({ limit: z.coerce.number().max(10).default(5) }),
  body: z.looseObject({ reason: z.string().min(3) }),
  response: z.unknown(),
};
const ask = (request: Partial<Request>) =>
  parse(spec, { params: { name: 'a' }, query: {}, ...request } as Request);

describe('parse', () => {
  it('gives the parts with their defaults', () => {
    expect(ask({ body: { reason: 'good' } })).toEqual({
      params: { name: 'a' },
      query: { limit: 5 },
      body: { reason: 'good' },
    });
  });

  it('names every field that is wrong at once', () => {
    const wrong = { query: { limit: '99' }, body: { reason: '' } };
    expect(() => ask(wrong)).toThrow(/query\.limit.*reason/);
  });

  it('refuses text with a NUL character, wherever it is', () => {
    const nested = { reason: 'good', files: [{ path: 'a\0b' }] };
    expect(() => ask({ body: nested })).toThrow(
      'files.0.path: has a NUL character',
    );
    const inPath = { params: { name: '\0' }, body: { reason: 'good' } };
    expect(() => ask(inPath)).toThrow('params.name: has a NUL character');
  });

  it('lets text pass that only speaks of NUL', () => {
    const body = { reason: 'removes \\u0000 from names' };
    expect(ask({ body })).toMatchObject({ body });
  });
});

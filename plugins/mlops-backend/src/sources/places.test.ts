import { createServer, Server } from 'http';
import { AddressInfo } from 'net';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import express from 'express';
import request from 'supertest';
import { NotAllowedError } from '@backstage/errors';
import { locate, SourceRules } from './places';
import { createUploadRouter } from './uploads';
import { withDuck } from '../duckdb/duckdb';

const root = mkdtempSync(join(tmpdir(), 'places-'));
const home = join(root, 'home');
const open = join(root, 'open');
const closed = join(root, 'open-not');
for (const folder of [home, open, closed]) mkdirSync(folder);
const table = 'a,b\n1,2\n';
writeFileSync(join(open, 'in.csv'), table);
writeFileSync(join(open, 'notes.txt'), table);
writeFileSync(join(open, 'fake.parquet'), table);
writeFileSync(join(closed, 'secret.csv'), table);
symlinkSync(join(closed, 'secret.csv'), join(open, 'link.csv'));
symlinkSync(closed, join(open, 'folder'));

const rules = (more: Partial<SourceRules> = {}): SourceRules => ({
  home,
  allowedFolders: [open],
  allowedHosts: [],
  maxUploadBytes: 1000,
  ...more,
});
const at = (path: string) => locate({ kind: 'path', path }, rules());

describe('locate by path', () => {
  it('finds a table inside an allowed folder', async () => {
    expect(await at(join(open, 'in.csv'))).toEqual({
      path: expect.stringMatching(/open\/in\.csv$/),
      format: 'csv',
      sizeBytes: table.length,
    });
  });

  it.each([
    ['a path with ..', join(open, '..', 'open-not', 'secret.csv')],
    ['a sibling whose name begins the same', join(closed, 'secret.csv')],
    ['a link to a file outside', join(open, 'link.csv')],
    ['a link to a folder outside', join(open, 'folder', 'secret.csv')],
    ['a system file', '/etc/passwd'],
    ['a file outside that is not there', '/etc/nothing-here.csv'],
  ])('refuses %s alike', async (_, path) => {
    await expect(at(path)).rejects.toThrow(/outside of the folders/);
  });

  it.each([
    ['in.csv', /whole path/],
    [join(open, 'gone.csv'), /there is no file/],
    [join(open, 'notes.txt'), /neither a \.csv nor a \.parquet/],
    [join(open, 'fake.parquet'), /not Parquet/],
  ])('says what is wrong with %s', async (path, message) => {
    await expect(at(path)).rejects.toThrow(message);
  });
});

describe('locate by address', () => {
  let server: Server;
  let host: string;
  const answers: Record<string, (response: any) => void> = {
    '/good.csv': response => response.end(table),
    '/large.csv': response => response.end('x'.repeat(5000)),
    '/away.csv': response =>
      response.writeHead(302, { location: 'http://127.0.0.2:1/x.csv' }).end(),
    '/file.csv': response =>
      response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
    '/round.csv': response =>
      response.writeHead(302, { location: '/round.csv' }).end(),
  };
  beforeAll(async () => {
    server = createServer((incoming, response) => {
      const answer = answers[incoming.url ?? ''];
      if (answer) answer(response);
      else response.writeHead(404).end();
    });
    await new Promise<void>(done => {
      server.listen(0, '127.0.0.1', done);
    });
    host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    await new Promise(done => {
      server.close(done);
    });
  });
  const fetchAt = (url: string, hosts = [host]) =>
    locate({ kind: 'url', url }, rules({ allowedHosts: hosts }));

  it('copies a table from an allowed host', async () => {
    const place = await fetchAt(`http://${host}/good.csv`);
    expect(readFileSync(place.path, 'utf8')).toBe(table);
    expect(place.path.startsWith(join(home, 'downloads'))).toBe(true);
  });

  it.each([
    ['/large.csv', /larger than/],
    ['/away.csv', /127\.0\.0\.2:1 is not among the hosts/],
    ['/file.csv', /only http and https/],
    ['/round.csv', /redirects more than/],
    ['/gone.csv', /answered 404/],
    ['/good.txt', /does not end in/],
  ])('refuses %s and leaves nothing behind', async (path, message) => {
    await expect(fetchAt(`http://${host}${path}`)).rejects.toThrow(message);
    expect(
      readdirSync(join(home, 'downloads')).filter(name => /part/.test(name)),
    ).toEqual([]);
  });

  it('refuses hosts that nobody opened, and credentials in the address', async () => {
    await expect(fetchAt(`http://${host}/good.csv`, [])).rejects.toThrow(
      /no host is open/,
    );
    await expect(fetchAt(`http://a:b@${host}/good.csv`)).rejects.toThrow(
      /user name and password/,
    );
  });
});

describe('uploads', () => {
  const app = (authorize = async () => {}) =>
    express()
      .use(createUploadRouter({ rules: rules(), authorize }))
      .use(((error, _req, res, _next) => {
        res.status(error.name === 'NotAllowedError' ? 403 : 400);
        res.json({ message: error.message });
      }) as express.ErrorRequestHandler);
  const send = (name: string, body: string, to = app()) =>
    request(to)
      .post(`/sources/uploads?name=${encodeURIComponent(name)}`)
      .set('content-type', 'application/octet-stream')
      .send(body);

  it('keeps a table that can be located by its id', async () => {
    const answer = await send('../../my table.csv', table);
    expect(answer.status).toBe(201);
    const { uploadId } = answer.body;
    const place = await locate({ kind: 'upload', uploadId }, rules());
    expect(place.path).toBe(join(home, 'uploads', uploadId));
  });

  it('refuses bodies over the limit, empty ones and other kinds of file', async () => {
    const before = readdirSync(join(home, 'uploads'));
    expect((await send('a.csv', 'x'.repeat(2000))).body.message).toMatch(
      /larger than/,
    );
    expect((await send('a.csv', '')).body.message).toMatch(/empty/);
    expect((await send('a.exe', table)).body.message).toMatch(/neither/);
    expect(readdirSync(join(home, 'uploads'))).toEqual(before);
  });

  it('asks whether the caller may', async () => {
    const closedApp = app(async () => {
      throw new NotAllowedError('not you');
    });
    expect((await send('a.csv', table, closedApp)).status).toBe(403);
  });

  it.each(['../home/x.csv', 'x', '/etc/passwd'])(
    'takes %s for no id',
    async uploadId => {
      await expect(
        locate({ kind: 'upload', uploadId }, rules()),
      ).rejects.toThrow(/no id of an upload/);
    },
  );
});

describe('withDuck', () => {
  it('reads nothing but the files it was opened for', async () => {
    const path = join(open, 'in.csv');
    await withDuck({ files: [path] }, async duck => {
      expect(await duck.rows(`SELECT * FROM read_csv('${path}')`)).toHaveLength(
        1,
      );
      for (const sql of [
        `SELECT * FROM read_csv('${join(closed, 'secret.csv')}')`,
        `COPY (SELECT 1) TO '${join(open, 'out.csv')}'`,
        `ATTACH '${join(open, 'x.db')}'`,
        'INSTALL httpfs',
        "SET allowed_paths=['/etc/passwd']",
        "SELECT * FROM read_csv('http://127.0.0.1/x.csv')",
      ]) {
        await expect(duck.rows(sql)).rejects.toThrow();
      }
    });
  });
});

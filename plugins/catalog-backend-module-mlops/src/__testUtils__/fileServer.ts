import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Serves texts by path on the loopback interface; a text may change while it runs. */
export async function startFileServer(files: Record<string, string>) {
  const server = createServer((req, res) => {
    const text = files[decodeURIComponent(req.url ?? '')];
    res.statusCode = text === undefined ? 404 : 200;
    res.end(text ?? 'not found');
  });
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    host: `127.0.0.1:${port}`,
    url: (path: string) => `http://127.0.0.1:${port}${path}`,
    stop: () => new Promise(done => server.close(done)),
  };
}

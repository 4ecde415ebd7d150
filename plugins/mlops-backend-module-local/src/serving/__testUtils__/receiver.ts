import { createServer, Server } from 'node:http';
import { PayloadEvent } from '@mlops-portal/plugin-mlops-common';
import { testPort } from './testPort';

/** Takes captured predictions the way the hub does: idempotent by id and type. Can be down, or dislike some events. */
export class Receiver {
  /** Each event once, by `<id> <type>`. */
  readonly events = new Map<string, PayloadEvent>();
  readonly tokens = new Set<string>();
  /** Largest batch so far. */
  largest = 0;
  /** Status to answer instead of taking anything. */
  refuseWith?: number;
  /** Ids that make a whole batch wrong, and the status for that. */
  readonly poison = new Set<string>();
  poisonStatus = 400;
  /** Ids that are refused one by one in an answer that is fine otherwise. */
  readonly disliked = new Set<string>();
  private server?: Server;

  private constructor(readonly port: number) {}

  static async make(): Promise<Receiver> {
    return new Receiver(await testPort());
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Ids of which both the request and the response have arrived. */
  get pairs(): string[] {
    const ids = [...this.events.values()].map(event => event.id);
    return [...new Set(ids)].filter(
      id => ids.filter(other => other === id).length === 2,
    );
  }

  async up() {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', chunk => chunks.push(chunk));
      request.on('end', () => {
        this.tokens.add(request.headers.authorization ?? '');
        const known = request.url === '/api/mlops/serving/events';
        const { status, body } = known
          ? this.take(JSON.parse(Buffer.concat(chunks).toString()))
          : { status: 404, body: {} };
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(JSON.stringify(body));
      });
    });
    await new Promise<void>(resolve =>
      this.server!.listen(this.port, '127.0.0.1', resolve),
    );
  }

  async down() {
    const { server } = this;
    this.server = undefined;
    server?.closeAllConnections();
    await new Promise(resolve => (server ? server.close(resolve) : resolve(0)));
  }

  private take(events: PayloadEvent[]): { status: number; body: unknown } {
    if (this.refuseWith) {
      return { status: this.refuseWith, body: {} };
    }
    if (events.some(event => this.poison.has(event.id))) {
      return {
        status: this.poisonStatus,
        body: { error: { message: 'poison' } },
      };
    }
    this.largest = Math.max(this.largest, events.length);
    const refused = events.flatMap((event, index) =>
      this.disliked.has(event.id) ? [{ index, reason: 'disliked' }] : [],
    );
    let repeated = 0;
    for (const event of events.filter(({ id }) => !this.disliked.has(id))) {
      const key = `${event.id} ${event.type}`;
      repeated += this.events.has(key) ? 1 : 0;
      this.events.set(key, event);
    }
    const stored = events.length - repeated - refused.length;
    return { status: 200, body: { stored, repeated, refused } };
  }
}

import { CallOptions, Engine, EngineInfo } from '../../contracts';

/** What the fakes share: they can be silent, and they count how often they are asked. */
export abstract class FakeEngine implements Engine {
  readonly title: string;
  /** While set, every call fails with it, like a system that is down. */
  down?: Error;
  /** Calls by method. */
  readonly calls: Record<string, number> = {};

  constructor(
    readonly id: string,
    private readonly capabilities: EngineInfo['capabilities'],
  ) {
    this.title = `Fake ${id}`;
  }

  async getInfo(options: CallOptions): Promise<EngineInfo> {
    this.enter('getInfo', options);
    return {
      version: 'fake 1',
      capabilities: this.capabilities,
      links: [{ title: 'Fake', url: 'http://fake.invalid' }],
    };
  }

  /** Every method starts with it. */
  protected enter(method: string, { signal }: CallOptions): void {
    signal.throwIfAborted();
    this.calls[method] = (this.calls[method] ?? 0) + 1;
    if (this.down) throw this.down;
  }
}

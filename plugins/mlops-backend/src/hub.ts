import { HubContext, SliceParts } from './context';
import { createLinks, Slices } from './links';
import { platformHandlers } from './platform';
import { Handlers } from './router/handlers';
import { Loop } from './work/Loop';

type AnyParts = Partial<Pick<SliceParts<object, never>, 'start' | 'stop'>> & {
  slice?: object;
  handlers: Partial<Handlers>;
};

/** How often engines are asked what they are, so that the pages show a state that is not old. */
const ENGINE_CHECK_MS = 30_000;

export interface Hub {
  handlers: Partial<Handlers>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Puts the hub together: every slice, in one list, with what it uses. Slices see each other through `slices`, which may be
 * passed on before they are made but called only once the hub has started.
 */
export function createHub(context: HubContext): Hub {
  const { bind, slices } = createLinks();
  const parts: AnyParts[] = [];
  const add = (name: keyof Slices | 'sources', part: AnyParts) => {
    if (name !== 'sources') bind(name, part.slice as never);
    parts.push(part);
  };
  void add;
  void slices;
  // add('pipelines', createPipelinesSlice({ ...context, ...slices }));

  const engineCheck = new Loop({
    name: 'asking the engines',
    everyMs: ENGINE_CHECK_MS,
    logger: context.logger,
    work: async signal => void (await context.engines.check(signal)),
  });
  return {
    handlers: Object.assign(
      platformHandlers(context),
      ...parts.map(part => part.handlers),
    ),
    async start() {
      for (const part of parts) await part.start?.();
      context.outbox.start();
      engineCheck.start();
    },
    async stop() {
      await Promise.all([
        engineCheck.stop(),
        context.outbox.stop(),
        ...parts.map(part => part.stop?.()),
      ]);
    },
  };
}

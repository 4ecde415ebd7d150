import { Counters } from './counters';
import { ForwarderStatus } from './forwarder';
import { LATENCY_BOUNDS, LatencyCells } from './latencies';
import { Spool } from './spool';

function escape(value: string): string {
  return value
    .replace(/\\/g, '\\\\')
    .replace(/"/g, '\\"')
    .replace(/\n/g, '\\n');
}

function labels(values: Record<string, string>): string {
  const pairs = Object.entries(values).map(([k, v]) => `${k}="${escape(v)}"`);
  return `{${pairs.join(',')}}`;
}

class Exposition {
  private readonly families = new Map<
    string,
    { head: string; lines: string[] }
  >();

  add(name: string, type: string, help: string, line: string) {
    const family = this.families.get(name) ?? {
      head: `# HELP ${name} ${help}\n# TYPE ${name} ${type}`,
      lines: [],
    };
    this.families.set(name, family);
    family.lines.push(line);
  }

  toString(): string {
    return [...this.families.values()]
      .map(({ head, lines }) => `${head}\n${lines.join('\n')}\n`)
      .join('');
  }
}

/** Every fourth bound is enough outside: each is 2.4 times the one before. */
function histogramLines(
  name: string,
  of: Record<string, string>,
  cells: LatencyCells,
  sumMs: number,
): string[] {
  const lines: string[] = [];
  let total = 0;
  LATENCY_BOUNDS.forEach((bound, cell) => {
    total += cells[cell] ?? 0;
    if (cell % 4 === 3) {
      lines.push(
        `${name}_bucket${labels({ ...of, le: String(bound / 1000) })} ${total}`,
      );
    }
  });
  total += cells[LATENCY_BOUNDS.length] ?? 0;
  return [
    ...lines,
    `${name}_bucket${labels({ ...of, le: '+Inf' })} ${total}`,
    `${name}_sum${labels(of)} ${sumMs / 1000}`,
    `${name}_count${labels(of)} ${total}`,
  ];
}

const REVISION_COUNTERS = {
  requests: 'Requests that the revision was asked.',
  errors: 'Requests to which the revision gave no prediction.',
  served: 'Predictions that clients got.',
  captured: 'Predictions that were kept for monitoring.',
  dropped: 'Predictions that could not be kept for monitoring.',
  failovers: 'Requests that another revision answered instead.',
  restarts: 'Times that the server of the revision was started again.',
} as const;

/** Metrics in the text format of Prometheus, by endpoint, revision and model version. */
export function expose(options: {
  counters: Counters;
  spool: Spool;
  forwarder: ForwarderStatus;
}): string {
  const out = new Exposition();
  for (const [endpoint, counters] of options.counters.all()) {
    for (const [status, count] of Object.entries(counters.refused)) {
      const name = 'mlops_gateway_refused_total';
      out.add(
        name,
        'counter',
        'Requests answered with an error by the gateway itself.',
        `${name}${labels({ endpoint, status })} ${count}`,
      );
    }
    for (const [revision, one] of Object.entries(counters.revisions)) {
      const of = { endpoint, revision, version: one.version };
      for (const [key, help] of Object.entries(REVISION_COUNTERS)) {
        const name = `mlops_gateway_${key}_total`;
        const value = one[key as keyof typeof REVISION_COUNTERS];
        out.add(name, 'counter', help, `${name}${labels(of)} ${value}`);
      }
      const name = 'mlops_gateway_latency_seconds';
      histogramLines(name, of, one.latencies, one.latencySumMs).forEach(line =>
        out.add(name, 'histogram', 'Time until a prediction is there.', line),
      );
    }
  }
  const single = (name: string, type: string, help: string, value: number) =>
    out.add(name, type, help, `${name} ${value}`);
  single(
    'mlops_gateway_spool_bytes',
    'gauge',
    'Captured predictions that wait for the hub.',
    options.spool.bytes,
  );
  single(
    'mlops_gateway_events_dropped_total',
    'counter',
    'Events lost because the spool was full.',
    options.spool.droppedEvents,
  );
  single(
    'mlops_gateway_events_delivered_total',
    'counter',
    'Events that the hub has taken.',
    options.forwarder.delivered,
  );
  single(
    'mlops_gateway_events_rejected_total',
    'counter',
    'Events that the hub called wrong; they are put aside.',
    options.forwarder.rejected,
  );
  return out.toString();
}

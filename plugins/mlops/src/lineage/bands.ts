import { ServedSpan } from '@mlops-portal/plugin-mlops-common';

const DAY_MS = 86_400_000;
/** From this length on the slider goes by days, as dates are what people ask by. */
const BY_DAY_FROM_MS = 14 * DAY_MS;
const STEPS = 200;
/** Smaller shares are a canary, drawn under the version that answers most. */
const MOST_TRAFFIC = 50;

export interface Band {
  span: ServedSpan;
  /** Place on the line, 0..1. */
  start: number;
  end: number;
  /** True where it had most of the traffic. */
  main: boolean;
}

export interface Timeline {
  from: number;
  to: number;
  /** Milliseconds of one step of the slider. */
  step: number;
  bands: Band[];
}

/** The line under the date: from the first deployment until now, with what answered when; undefined where nothing ever did. */
export function timelineOf(
  spans: ServedSpan[],
  now: number,
): Timeline | undefined {
  if (!spans.length) return undefined;
  const first = Math.min(...spans.map(s => Date.parse(s.from)));
  const length = Math.max(now - first, 60_000);
  // A little time before the first deployment, in which nothing answered.
  const from = first - length * 0.06;
  const place = (ms: number) =>
    Math.min(1, Math.max(0, (ms - from) / (now - from)));
  const step = length >= BY_DAY_FROM_MS ? DAY_MS : Math.ceil(length / STEPS);
  return {
    from,
    to: now,
    step,
    bands: spans.map(span => ({
      span,
      start: place(Date.parse(span.from)),
      end: span.to === null ? 1 : place(Date.parse(span.to)),
      main: (span.percent ?? 100) >= MOST_TRAFFIC,
    })),
  };
}

/** What had traffic at a moment, the largest share first. */
export function answeringAt(spans: ServedSpan[], at: number): ServedSpan[] {
  return spans
    .filter(
      s => Date.parse(s.from) <= at && (s.to === null || Date.parse(s.to) > at),
    )
    .sort((a, b) => (b.percent ?? 100) - (a.percent ?? 100));
}

/** A slider by days gives a date, a finer one a time; its end is now (''). */
export function asOfOf(timeline: Timeline, at: number): string {
  if (at >= timeline.to - timeline.step / 2) return '';
  const iso = new Date(at).toISOString();
  if (timeline.step < DAY_MS) return iso;
  const local = new Date(at);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${local.getFullYear()}-${two(local.getMonth() + 1)}-${two(
    local.getDate(),
  )}`;
}

/** Endpoint whose history belongs to a node: endpoint, problem, model and version carry its name. */
export function endpointOf(
  node: string,
  around: Array<{ id: string; kind: string }> = [],
): string | undefined {
  const [kind, name] = [node.split(':')[0], node.slice(node.indexOf(':') + 1)];
  if (['endpoint', 'problem', 'model'].includes(kind)) return name;
  if (kind === 'version') return name.slice(0, name.lastIndexOf('/'));
  const found = around.find(n => n.kind === 'endpoint');
  return found?.id.slice('endpoint:'.length);
}

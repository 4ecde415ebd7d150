import {
  inferenceRequestSchema,
  inferenceResponseSchema,
  nameSchema,
  PayloadEvent,
  payloadEventSchema,
  Tensor,
} from '@mlops-portal/plugin-mlops-common';

type Value = string | number | null;

interface Half {
  /** Id that request and response share. */
  id: string;
  endpoint: string;
  /** When the gateway saw it, ISO. */
  time: string;
  version?: number;
  revision?: string;
  rows: number;
}
export interface RequestHalf extends Half {
  kind: 'request';
  features: Array<{ name: string; values: Value[] }>;
  /** One ISO time per row where the data is replayed. */
  eventTimes?: string[];
}
export interface ResponseHalf extends Half {
  kind: 'response';
  /** Probability of the positive class, predicted number, or predicted class, by row. */
  predictions: Value[];
}
export type EventHalf = RequestHalf | ResponseHalf;

const MOST_ROWS = 100_000;
const LONGEST_ID = 256;

/** Reads one captured request or response; `reason` says why it cannot be used. Never throws. */
export function readEvent(event: unknown): EventHalf | { reason: string } {
  const parsed = payloadEventSchema.safeParse(event);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return { reason: `${issue.path.join('.') || 'event'}: ${issue.message}` };
  }
  const { data } = parsed;
  const endpoint = data.inferenceservicename;
  if (!nameSchema.safeParse(endpoint).success) {
    return { reason: 'inferenceservicename: is no name of an endpoint' };
  }
  if (data.id.length > LONGEST_ID) {
    return { reason: `id: longer than ${LONGEST_ID} characters` };
  }
  const time = isoOf(data.time);
  if (!time) return { reason: `time: '${short(data.time)}' is no time` };
  const version = versionOf(data);
  if (version === null) {
    return {
      reason: `modelversion: '${short(
        data.modelversion,
      )}' is no version number`,
    };
  }
  const half = {
    id: data.id,
    endpoint,
    time,
    ...(version === undefined ? {} : { version }),
    ...(data.revision === undefined ? {} : { revision: data.revision }),
  };
  return data.type.endsWith('.request')
    ? readRequest(half, data.data)
    : readResponse(half, data.data);
}

function readRequest(
  half: Omit<Half, 'rows'>,
  data: unknown,
): RequestHalf | { reason: string } {
  const parsed = inferenceRequestSchema.safeParse(data);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return { reason: `data.${issue.path.join('.')}: ${issue.message}` };
  }
  const { inputs, parameters } = parsed.data;
  const rows = inputs[0].data.length;
  if (rows === 0 || rows > MOST_ROWS) {
    return { reason: `data.inputs: ${rows} rows; 1 to ${MOST_ROWS} are taken` };
  }
  const uneven = inputs.find(tensor => tensor.data.length !== rows);
  if (uneven) {
    return {
      reason: `data.inputs: '${short(uneven.name)}' has ${
        uneven.data.length
      } values, others ${rows}`,
    };
  }
  const features = inputs.map(tensor => ({
    name: tensor.name,
    values: valuesOf(tensor),
  }));
  const told = parameters?.event_times;
  if (told === undefined || told === null) {
    return { ...half, kind: 'request', rows, features };
  }
  if (!Array.isArray(told) || told.length !== rows) {
    return { reason: `data.parameters.event_times: not one time for each row` };
  }
  const eventTimes = told.map(isoOf);
  const wrong = eventTimes.indexOf(undefined);
  if (wrong >= 0) {
    return {
      reason: `data.parameters.event_times[${wrong}]: '${short(
        told[wrong],
      )}' is no time`,
    };
  }
  return {
    ...half,
    kind: 'request',
    rows,
    features,
    eventTimes: eventTimes as string[],
  };
}

function readResponse(
  half: Omit<Half, 'rows'>,
  data: unknown,
): ResponseHalf | { reason: string } {
  const parsed = inferenceResponseSchema.safeParse(data);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return { reason: `data.${issue.path.join('.')}: ${issue.message}` };
  }
  const output = (name: string) =>
    parsed.data.outputs.find(tensor => tensor.name === name);
  const prediction = output('prediction');
  const probabilities = output('probabilities');
  if (!prediction && !probabilities) {
    return {
      reason: `data.outputs: neither 'prediction' nor 'probabilities' is among them`,
    };
  }
  // Two columns: the second one is the probability of the positive class.
  if (probabilities?.shape.length === 2 && probabilities.shape[1] === 2) {
    const all = valuesOf(probabilities);
    const rows = probabilities.shape[0];
    if (all.length !== rows * 2) {
      return {
        reason: `data.outputs: 'probabilities' has ${all.length} values for shape ${probabilities.shape}`,
      };
    }
    const predictions = Array.from({ length: rows }, (_, i) => all[2 * i + 1]);
    return { ...half, kind: 'response', rows, predictions };
  }
  if (!prediction) {
    return { reason: `data.outputs: 'prediction' is not among them` };
  }
  const predictions = valuesOf(prediction);
  return { ...half, kind: 'response', rows: predictions.length, predictions };
}

/** Values as features are kept: numbers or null for number tensors, text for the rest ("" is missing). */
function valuesOf(tensor: Tensor): Value[] {
  if (tensor.datatype === 'BYTES' || tensor.datatype === 'STRING') {
    return tensor.data.map(value => (value === null ? '' : String(value)));
  }
  return tensor.data.map(value => {
    if (typeof value === 'boolean') return value ? 1 : 0;
    return typeof value === 'number' ? value : null;
  });
}

function versionOf(event: PayloadEvent): number | undefined | null {
  if (event.modelversion === undefined || event.modelversion === '') {
    return undefined;
  }
  return /^[1-9]\d{0,8}$/.test(event.modelversion)
    ? Number(event.modelversion)
    : null;
}

/** ISO in UTC; a time without a zone is UTC. Undefined for what is no time between 1900 and 2200. */
function isoOf(value: unknown): string | undefined {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d/.test(value)) {
    return undefined;
  }
  const zoned =
    value.length === 10 || /(?:[zZ]|[+-]\d\d:?\d\d)$/.test(value.slice(10));
  const at = Date.parse(zoned ? value : `${value}Z`);
  if (Number.isNaN(at)) return undefined;
  const iso = new Date(at).toISOString();
  return iso >= '1900' && iso < '2200' ? iso : undefined;
}

function short(value: unknown): string {
  return String(value).slice(0, 60);
}

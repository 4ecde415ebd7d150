import { IncomingHttpHeaders } from 'node:http';

/** Request headers that may be kept with a prediction. Anything else, credentials above all, never leaves the gateway. */
const LOGGED_HEADERS = ['user-agent', 'x-request-id', 'traceparent'] as const;

export interface Prediction {
  id: string;
  endpoint: string;
  revision: string;
  modelVersion: string;
  headers: IncomingHttpHeaders;
  /** JSON text of the request and the response, as they went over the wire. */
  request: string;
  response: string;
  requestedAt: Date;
  answeredAt: Date;
}

function loggedHeaders(headers: IncomingHttpHeaders) {
  const kept = LOGGED_HEADERS.flatMap(name => {
    const value = headers[name];
    return typeof value === 'string' ? [[name, value.slice(0, 512)]] : [];
  });
  return kept.length > 0 ? { metadata: Object.fromEntries(kept) } : {};
}

/** One line of JSON: line breaks in JSON text are only ever white space between tokens. */
function onOneLine(json: string): string {
  return json.includes('\n') || json.includes('\r')
    ? json.replace(/[\r\n]+/g, ' ')
    : json;
}

/**
 * The two CloudEvents of a prediction as two lines. They share the id; the payload is copied as text, so that what is
 * kept is what was sent.
 */
export function predictionEvents(prediction: Prediction): string {
  const line = (kind: 'request' | 'response', time: Date, data: string) => {
    const head = JSON.stringify({
      specversion: '1.0',
      id: prediction.id,
      type: `org.kubeflow.serving.inference.${kind}`,
      source: `/gateway/${prediction.endpoint}`,
      time: time.toISOString(),
      datacontenttype: 'application/json',
      inferenceservicename: prediction.endpoint,
      modelversion: prediction.modelVersion,
      revision: prediction.revision,
      ...loggedHeaders(prediction.headers),
    });
    return `${head.slice(0, -1)},"data":${onOneLine(data)}}\n`;
  };
  return (
    line('request', prediction.requestedAt, prediction.request) +
    line('response', prediction.answeredAt, prediction.response)
  );
}

const HEAD =
  /^\{"specversion":"1\.0","id":(?:"(?:[^"\\]|\\.)*"),"type":"org\.kubeflow\.serving\.inference\.(request|response)".*?"inferenceservicename":"([^"\\]*)","modelversion":"[^"\\]*","revision":"([^"\\]*)"/;

/** Which revision a line of the spool belongs to, without parsing its payload; undefined if the line is not whole. */
export function describeLine(line: string) {
  const match = HEAD.exec(line.slice(0, 4096));
  return match
    ? { kind: match[1], endpoint: match[2], revision: match[3] }
    : undefined;
}

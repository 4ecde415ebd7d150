import { RequestHalf, ResponseHalf } from './events';

/** One stored prediction as a line of JSON, and where it belongs. */
export interface PredictionLine {
  /** UTC day of the event, YYYY-MM-DD. */
  day: string;
  line: string;
  prediction: number | null;
}

/**
 * Rows of a request with its answer. Line: `id`, `t` event time, `a` arrival, `r` revision, `p` prediction, `x` features.
 * `reason` where the two do not belong together.
 */
export function joinHalves(
  request: RequestHalf,
  response: ResponseHalf,
  arrival: string,
): { lines: PredictionLine[] } | { reason: string } {
  if (request.rows !== response.rows) {
    return {
      reason: `the request has ${request.rows} rows, its answer ${response.rows}`,
    };
  }
  const revision = response.revision ?? request.revision;
  const tail = `,"a":${JSON.stringify(arrival)}${
    revision ? `,"r":${JSON.stringify(revision)}` : ''
  }`;
  const names = request.features.map(
    ({ name }, index) => `${index ? ',' : ''}${JSON.stringify(name)}:`,
  );
  const lines = response.predictions.map((p, row) => {
    const at = request.eventTimes?.[row] ?? request.time;
    let x = '';
    for (let feature = 0; feature < names.length; feature++) {
      x +=
        names[feature] + JSON.stringify(request.features[feature].values[row]);
    }
    const id = JSON.stringify(`${request.id}/${row}`);
    return {
      day: at.slice(0, 10),
      line: `{"id":${id},"t":"${at}"${tail},"p":${JSON.stringify(
        p,
      )},"x":{${x}}}\n`,
      prediction: typeof p === 'number' ? p : null,
    };
  });
  return { lines };
}

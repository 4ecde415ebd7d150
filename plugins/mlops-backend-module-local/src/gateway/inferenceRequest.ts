import { Signature } from '@mlops-portal/plugin-mlops-common';
import { GatewayError } from './gatewayError';

const NUMBER_TYPES = new Set([
  'BOOL',
  ...['INT', 'UINT'].flatMap(kind => [8, 16, 32, 64].map(bits => kind + bits)),
  'FP16',
  'FP32',
  'FP64',
]);

/** The parts of a checked request that the gateway needs. */
export interface CheckedRequest {
  id?: string;
  rows: number;
}

function wrong(field: string, message: string): GatewayError {
  return new GatewayError(400, 'InputError', message, { field });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Parses the body of a request. JSON knows no NaN: a missing number is null. */
export function parseRequest(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    throw wrong(
      'body',
      `The body is not JSON (${
        (error as Error).message
      }); write a missing number as null, not NaN`,
    );
  }
}

function checkValues(
  name: string,
  path: string,
  data: unknown[],
  text: boolean,
) {
  for (let row = 0; row < data.length; row++) {
    const value = data[row];
    const fits =
      value === null ||
      (text
        ? typeof value === 'string'
        : typeof value === 'number' || typeof value === 'boolean');
    if (!fits) {
      const given = Array.isArray(value) ? 'a list' : typeof value;
      throw wrong(
        `${path}.data.${row}`,
        `"${name}" takes ${
          text ? 'text' : 'numbers'
        } or null; row ${row} is ${given}. Data is flat, one value per row`,
      );
    }
  }
}

/** Checks one tensor against its column of the signature and returns its number of rows. */
function checkTensor(
  tensor: Record<string, unknown>,
  path: string,
  wanted: { name: string; datatype: string },
): number {
  const { name, datatype, shape, data } = tensor;
  const text = wanted.datatype === 'BYTES';
  if (text ? datatype !== 'BYTES' : !NUMBER_TYPES.has(datatype as string)) {
    throw wrong(
      `${path}.datatype`,
      `"${name}" takes ${
        text ? 'BYTES (text)' : `a number type such as ${wanted.datatype}`
      }, not ${JSON.stringify(datatype)}`,
    );
  }
  if (
    !Array.isArray(shape) ||
    !(shape.length === 1 || (shape.length === 2 && shape[1] === 1)) ||
    !Number.isInteger(shape[0]) ||
    shape[0] < 1
  ) {
    throw wrong(
      `${path}.shape`,
      `"${name}" takes shape [n] or [n, 1] with n of at least 1, not ${JSON.stringify(
        shape,
      )}`,
    );
  }
  if (!Array.isArray(data) || data.length !== shape[0]) {
    throw wrong(
      `${path}.data`,
      `"${name}" says ${shape[0]} rows and carries ${
        Array.isArray(data) ? `${data.length} values` : 'no list of values'
      }`,
    );
  }
  checkValues(String(name), path, data, text);
  return shape[0];
}

/**
 * Checks a request of the Open Inference Protocol v2 against a version's signature: every input once, none unknown, its
 * type, its shape and its values.
 *
 * @throws GatewayError 400 whose `field` names the place, e.g. `inputs.2.datatype`, or the input that is missing.
 */
export function checkRequest(
  request: unknown,
  signature: Signature,
): CheckedRequest {
  if (!isObject(request) || !Array.isArray(request.inputs)) {
    throw wrong('inputs', 'The request has no list "inputs"');
  }
  if (request.id !== undefined && typeof request.id !== 'string') {
    throw wrong('id', 'The id of a request is text');
  }
  if (request.parameters !== undefined && !isObject(request.parameters)) {
    throw wrong('parameters', 'The parameters of a request are an object');
  }
  const wanted = new Map(signature.inputs.map(input => [input.name, input]));
  const seen = new Set<string>();
  let rows: number | undefined;
  request.inputs.forEach((tensor: unknown, index) => {
    const path = `inputs.${index}`;
    const name = isObject(tensor) ? tensor.name : undefined;
    const column = typeof name === 'string' ? wanted.get(name) : undefined;
    if (!isObject(tensor) || !column) {
      throw wrong(
        `${path}.name`,
        `The model has no input ${JSON.stringify(name)}; it takes ${[
          ...wanted.keys(),
        ].join(', ')}`,
      );
    }
    if (seen.has(column.name)) {
      throw wrong(`${path}.name`, `The input "${column.name}" is given twice`);
    }
    seen.add(column.name);
    const count = checkTensor(tensor, path, column);
    if (rows !== undefined && count !== rows) {
      throw wrong(
        `${path}.shape`,
        `"${column.name}" has ${count} rows, the inputs before it have ${rows}`,
      );
    }
    rows = count;
  });
  const missing = [...wanted.keys()].filter(name => !seen.has(name));
  if (missing.length > 0) {
    throw wrong(missing[0], `Missing inputs: ${missing.join(', ')}`);
  }
  return {
    id: (request.id as string | undefined) || undefined,
    rows: rows ?? 0,
  };
}

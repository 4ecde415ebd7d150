import { GatewayError } from './gatewayError';
import { checkRequest, parseRequest } from './inferenceRequest';

const signature = {
  task: 'binary',
  classes: [],
  inputs: [
    { name: 'delay', datatype: 'FP32', shape: [-1, 1] },
    { name: 'نام', datatype: 'BYTES', shape: [-1, 1] },
  ],
};
const delay = {
  name: 'delay',
  datatype: 'FP32',
  shape: [2, 1],
  data: [1, null],
};
const name = { name: 'نام', datatype: 'BYTES', shape: [2], data: ['a', null] };

function refusal(request: unknown): GatewayError {
  try {
    checkRequest(request, signature);
  } catch (error) {
    return error as GatewayError;
  }
  throw new Error('It was accepted');
}

describe('checkRequest', () => {
  it('takes every input once, in any order, with null for missing', () => {
    expect(checkRequest({ inputs: [name, delay], id: 'x' }, signature)).toEqual(
      {
        id: 'x',
        rows: 2,
      },
    );
  });

  it.each(['FP16', 'FP32', 'FP64', 'INT8', 'INT64', 'UINT8', 'UINT64', 'BOOL'])(
    'takes numbers as %s',
    datatype => {
      const data = datatype === 'BOOL' ? [true, false] : [1, 2];
      const request = { inputs: [{ ...delay, datatype, data }, name] };
      expect(checkRequest(request, signature).rows).toBe(2);
    },
  );

  it.each([
    ['no object', null, 'inputs'],
    ['no inputs', {}, 'inputs'],
    ['inputs that are no list', { inputs: {} }, 'inputs'],
    ['an input that is no object', { inputs: [7, name] }, 'inputs.0.name'],
    [
      'an unknown input',
      { inputs: [delay, name, { ...name, name: 'x' }] },
      'inputs.2.name',
    ],
    ['an input twice', { inputs: [delay, name, delay] }, 'inputs.2.name'],
    ['a missing input', { inputs: [name] }, 'delay'],
    ['no inputs in the list', { inputs: [] }, 'delay'],
    [
      'text for a number',
      { inputs: [{ ...delay, datatype: 'BYTES' }, name] },
      'inputs.0.datatype',
    ],
    [
      'a number for text',
      { inputs: [delay, { ...name, datatype: 'FP32' }] },
      'inputs.1.datatype',
    ],
    [
      'an unknown type',
      { inputs: [{ ...delay, datatype: 'FLOAT' }, name] },
      'inputs.0.datatype',
    ],
    [
      'no shape',
      { inputs: [{ ...delay, shape: undefined }, name] },
      'inputs.0.shape',
    ],
    [
      'a wide shape',
      { inputs: [{ ...delay, shape: [1, 2] }, name] },
      'inputs.0.shape',
    ],
    [
      'no rows',
      { inputs: [{ ...delay, shape: [0, 1], data: [] }, name] },
      'inputs.0.shape',
    ],
    [
      'a broken number of rows',
      { inputs: [{ ...delay, shape: [1.5] }, name] },
      'inputs.0.shape',
    ],
    [
      'fewer values than rows',
      { inputs: [{ ...delay, data: [1] }, name] },
      'inputs.0.data',
    ],
    [
      'no values',
      { inputs: [{ ...delay, data: undefined }, name] },
      'inputs.0.data',
    ],
    [
      'another number of rows',
      { inputs: [delay, { ...name, shape: [1], data: ['a'] }] },
      'inputs.1.shape',
    ],
    [
      'a text among numbers',
      { inputs: [{ ...delay, data: [1, '2'] }, name] },
      'inputs.0.data.1',
    ],
    [
      'a number among texts',
      { inputs: [delay, { ...name, data: ['a', 2] }] },
      'inputs.1.data.1',
    ],
    [
      'lists in lists',
      { inputs: [{ ...delay, data: [[1], [2]] }, name] },
      'inputs.0.data.0',
    ],
    ['an id that is no text', { inputs: [delay, name], id: 3 }, 'id'],
    [
      'parameters that are no object',
      { inputs: [delay, name], parameters: 'x' },
      'parameters',
    ],
  ])('refuses %s and names the field', (_, request, field) => {
    const error = refusal(request);
    expect(error.status).toBe(400);
    expect(JSON.parse(error.toBody())).toEqual({
      error: { name: 'InputError', message: error.message, field },
    });
  });

  it('does not take what only looks like an input of the object prototype', () => {
    expect(
      refusal({ inputs: [{ ...delay, name: 'constructor' }, name] }).field,
    ).toBe('inputs.0.name');
  });
});

describe('parseRequest', () => {
  it.each(['NaN', '{"inputs":[Infinity]}', '', '{'])('refuses %j', text => {
    expect(() => parseRequest(text)).toThrow(/not JSON.*null, not NaN/);
  });
});

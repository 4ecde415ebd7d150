import { answerOf, checkField, fieldsOf, requestOf } from './tryIt';

const signature = {
  task: 'binary',
  classes: ['on time', 'late'],
  inputs: [
    { name: 'distance', datatype: 'FP32', shape: [-1, 1] },
    { name: 'hour', datatype: 'INT64', shape: [-1, 1] },
    { name: 'origin', datatype: 'BYTES', shape: [-1, 1] },
    { name: 'night', datatype: 'BOOL', shape: [-1, 1] },
  ],
  sample: { distance: 1721, hour: 17, origin: 'ORD' },
};

describe('fieldsOf', () => {
  it('takes the sample request before the sample of the signature', () => {
    const sample = {
      inputs: [
        { name: 'distance', datatype: 'FP32', shape: [1, 1], data: [300] },
        { name: 'origin', datatype: 'BYTES', shape: [1, 1], data: [null] },
      ],
    };
    expect(fieldsOf(signature, sample)).toEqual({
      distance: '300',
      hour: '',
      origin: '',
      night: '',
    });
  });

  it('falls back to the sample of the signature', () => {
    expect(fieldsOf(signature, undefined)).toMatchObject({
      distance: '1721',
      origin: 'ORD',
    });
  });
});

describe('checkField', () => {
  const [distance, hour, origin, night] = signature.inputs;
  it.each([
    [distance, '17.5', undefined],
    [distance, 'far', 'notNumber'],
    [distance, 'Infinity', 'notNumber'],
    [distance, '', undefined],
    [hour, '17', undefined],
    [hour, '17.5', 'notWhole'],
    [hour, 'noon', 'notNumber'],
    [origin, '12', undefined],
    [night, 'TRUE', undefined],
    [night, 'yes', 'notBool'],
  ])('judges %o with "%s" as %s', (tensor, text, problem) => {
    expect(checkField(tensor, text)).toBe(problem);
  });
});

describe('requestOf', () => {
  it('sends numbers as numbers, text as text and an empty number as missing', () => {
    const { inputs } = requestOf(signature, {
      distance: ' 17.5 ',
      hour: '',
      origin: '12',
      night: 'true',
    });
    expect(inputs.map(tensor => tensor.data)).toEqual([
      [17.5],
      [null],
      ['12'],
      [true],
    ]);
    expect(inputs.every(({ shape }) => shape.join() === '1,1')).toBe(true);
  });
});

describe('answerOf', () => {
  const response = (outputs: object) => ({
    model_name: 'flight-delay',
    model_version: '6',
    id: 'r1',
    outputs: Object.entries(outputs).map(([name, data]) => ({
      name,
      datatype: 'FP32',
      shape: [1, data.length],
      data,
    })),
  });

  it('reads the probability of the last class', () => {
    expect(
      answerOf(
        signature,
        response({ prediction: [0], probabilities: [0.59, 0.41] }),
      ),
    ).toMatchObject({
      kind: 'probability',
      value: 0.41,
      label: 'late',
      version: '6',
      requestId: 'r1',
    });
  });

  it('reads a number and a class', () => {
    expect(
      answerOf(
        { ...signature, task: 'regression' },
        response({ prediction: [12.5] }),
      ),
    ).toMatchObject({ kind: 'number', value: 12.5 });
    expect(
      answerOf(
        { ...signature, task: 'multiclass' },
        response({ prediction: ['rain'], probabilities: [0.2, 0.8] }),
      ),
    ).toMatchObject({ kind: 'class', value: 'rain' });
  });
});

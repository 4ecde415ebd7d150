/**
 * Writes small ONNX models, byte by byte: the format is protocol buffers, and these models need a dozen of its fields, so
 * tests need neither a training environment nor a binary file in the repository.
 */

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 0x7f) {
    bytes.push((rest & 0x7f) | 0x80);
    rest = Math.floor(rest / 128);
  }
  return Buffer.from([...bytes, rest]);
}

const int = (field: number, value: number) =>
  Buffer.concat([varint(field * 8), varint(value)]);

const bytes = (field: number, value: Buffer | string) => {
  const content = Buffer.from(value as string);
  return Buffer.concat([
    varint(field * 8 + 2),
    varint(content.length),
    content,
  ]);
};

const message = (field: number, ...parts: Buffer[]) =>
  bytes(field, Buffer.concat(parts));

const float = (field: number, value: number) => {
  const content = Buffer.alloc(4);
  content.writeFloatLE(value);
  return Buffer.concat([varint(field * 8 + 5), content]);
};

const floats = (values: number[]) =>
  Buffer.from(new Float32Array(values).buffer);

const FLOAT = 1;
const INT64 = 7;
const STRING = 8;

type Attribute = number | string[] | number[] | { float: number };

function attribute(name: string, value: Attribute): Buffer {
  const head = bytes(1, name);
  if (typeof value === 'number') {
    return message(5, head, int(3, value), int(20, 2));
  }
  if (!Array.isArray(value)) {
    return message(5, head, float(2, value.float), int(20, 1));
  }
  if (typeof value[0] === 'string') {
    return message(5, head, ...value.map(v => bytes(9, String(v))), int(20, 8));
  }
  return Number.isInteger(value[0]) && name.endsWith('int64s')
    ? message(5, head, ...value.map(v => int(8, Number(v))), int(20, 7))
    : message(5, head, ...value.map(v => float(7, Number(v))), int(20, 6));
}

function node(
  operator: string,
  inputs: string[],
  output: string,
  attributes: Record<string, Attribute> = {},
): Buffer {
  return message(
    1,
    ...inputs.map(input => bytes(1, input)),
    bytes(2, output),
    bytes(4, operator),
    ...Object.entries(attributes).map(([name, value]) =>
      attribute(name, value),
    ),
    ...(operator === 'LabelEncoder' ? [bytes(7, 'ai.onnx.ml')] : []),
  );
}

const tensor = (name: string, dims: number[], values: number[]) =>
  message(
    5,
    ...dims.map(dim => int(1, dim)),
    int(2, FLOAT),
    bytes(8, name),
    bytes(9, floats(values)),
  );

const value = (field: number, name: string, type: number, width: number) =>
  message(
    field,
    bytes(1, name),
    message(
      2,
      message(
        1,
        int(1, type),
        message(2, message(1, bytes(2, 'N')), message(1, int(1, width))),
      ),
    ),
  );

/**
 * A logistic model over number columns [n, 1] and one text column: the sum of the numbers (missing counts as 0) times
 * `weight`, plus the text's value in `texts`, plus `bias`. Outputs `prediction` ("no" or "yes") and `probabilities` [n, 2].
 */
export function logisticOnnx(model: {
  numbers: string[];
  text: string;
  texts: Record<string, number>;
  weight: number;
  bias: number;
}): Buffer {
  const { numbers, text, texts, weight, bias } = model;
  const graph = [
    ...numbers.flatMap(name => [
      node('IsNaN', [name], `${name}/missing`),
      node('Where', [`${name}/missing`, 'zero', name], `${name}/filled`),
    ]),
    node('LabelEncoder', [text], `${text}/value`, {
      keys_strings: Object.keys(texts),
      values_floats: Object.values(texts),
      default_float: { float: 0 },
    }),
    node(
      'Concat',
      [...numbers.map(n => `${n}/filled`), `${text}/value`],
      'row',
      {
        axis: 1,
      },
    ),
    node('Gemm', ['row', 'weights', 'bias'], 'score'),
    node('Sigmoid', ['score'], 'yes'),
    node('Sub', ['one', 'yes'], 'no'),
    node('Concat', ['no', 'yes'], 'probabilities', { axis: 1 }),
    node('Greater', ['yes', 'half'], 'positive'),
    node('Cast', ['positive'], 'class', { to: INT64 }),
    node('LabelEncoder', ['class'], 'prediction', {
      keys_int64s: [0, 1],
      values_strings: ['no', 'yes'],
    }),
    bytes(2, 'logistic'),
    tensor(
      'weights',
      [numbers.length + 1, 1],
      [...numbers.map(() => weight), 1],
    ),
    tensor('bias', [1], [bias]),
    tensor('zero', [1], [0]),
    tensor('one', [1], [1]),
    tensor('half', [1], [0.5]),
    ...numbers.map(name => value(11, name, FLOAT, 1)),
    value(11, text, STRING, 1),
    value(12, 'prediction', STRING, 1),
    value(12, 'probabilities', FLOAT, 2),
  ];
  return Buffer.concat([
    int(1, 8),
    message(7, ...graph),
    message(8, bytes(1, ''), int(2, 18)),
    message(8, bytes(1, 'ai.onnx.ml'), int(2, 3)),
  ]);
}

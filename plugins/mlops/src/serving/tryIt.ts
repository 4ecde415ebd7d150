import {
  InferenceRequest,
  InferenceResponse,
  Signature,
  SignatureTensor,
} from '@mlops-portal/plugin-mlops-common';

/** What was typed, by field name; '' is a missing value. */
export type Fields = Record<string, string>;

/** Why a field cannot be sent: key of a message (`try.<problem>`). */
export type FieldProblem = 'notNumber' | 'notWhole' | 'notBool';

export interface Answer {
  kind: 'probability' | 'number' | 'class';
  /** Probability of the last class, predicted number, or predicted class. */
  value: number | string;
  /** Class that the probability is of. */
  label?: string;
  /** Share per class, where the version gives them. */
  shares: Array<{ label: string; share: number }>;
  version: string;
  requestId?: string;
}

/** Text for the fields out of the sample row of a version; a field that the row lacks is empty. */
export function fieldsOf(
  signature: Signature,
  sample: InferenceRequest | undefined,
): Fields {
  const row = new Map(
    sample?.inputs.map(tensor => [tensor.name, tensor.data[0]]) ??
      Object.entries(signature.sample ?? {}),
  );
  return Object.fromEntries(
    signature.inputs.map(({ name }) => {
      const value = row.get(name);
      return [name, value === null || value === undefined ? '' : String(value)];
    }),
  );
}

/** Checks one field against its type in the signature before anything is sent; undefined when it fits. */
export function checkField(
  tensor: SignatureTensor,
  text: string,
): FieldProblem | undefined {
  const value = text.trim();
  if (tensor.datatype === 'BYTES' || value === '') return undefined;
  if (tensor.datatype === 'BOOL')
    return /^(true|false)$/i.test(value) ? undefined : 'notBool';
  if (!Number.isFinite(Number(value))) return 'notNumber';
  if (/^U?INT/.test(tensor.datatype) && !Number.isInteger(Number(value)))
    return 'notWhole';
  return undefined;
}

/** Request of one row, one tensor of shape [1, 1] for each input of the signature. */
export function requestOf(
  signature: Signature,
  fields: Fields,
): InferenceRequest {
  return {
    inputs: signature.inputs.map(tensor => ({
      name: tensor.name,
      datatype: tensor.datatype,
      shape: [1, 1],
      data: [dataOf(tensor, fields[tensor.name] ?? '')],
    })),
  };
}

function dataOf(
  tensor: SignatureTensor,
  text: string,
): string | number | boolean | null {
  if (tensor.datatype === 'BYTES') return text;
  const value = text.trim();
  if (value === '') return null;
  if (tensor.datatype === 'BOOL') return value.toLowerCase() === 'true';
  return Number(value);
}

/** Reads the answer to one row: outputs `prediction` and, for classes, `probabilities` in the order of the classes. */
export function answerOf(
  signature: Signature,
  response: InferenceResponse,
): Answer {
  const output = (name: string) =>
    response.outputs.find(tensor => tensor.name === name)?.data;
  const [predicted] = output('prediction') ?? [];
  const shares = (output('probabilities') ?? []).map((share, i) => ({
    label: signature.classes[i] ?? String(i),
    share: Number(share),
  }));
  const base = {
    shares,
    version: response.model_version ?? '',
    requestId: response.id,
  };
  if (signature.task === 'regression')
    return { ...base, kind: 'number', value: Number(predicted) };
  if (signature.task === 'binary' && shares.length) {
    const { label, share } = shares[shares.length - 1];
    return { ...base, kind: 'probability', value: share, label };
  }
  return { ...base, kind: 'class', value: String(predicted ?? '') };
}

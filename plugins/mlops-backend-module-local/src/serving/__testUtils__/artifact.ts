import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InferenceRequest, Signature } from '@mlops-portal/plugin-mlops-common';
import { DesiredRevision } from '@mlops-portal/plugin-mlops-node';
import { logisticOnnx } from './onnxModel';

const sha256 = (content: Buffer | string) =>
  createHash('sha256').update(content).digest('hex');

/** Writes a version's folder the way a pipeline does: files, then the manifest that names them. */
export function writeVersion(
  folder: string,
  files: Record<string, Buffer | string>,
) {
  mkdirSync(folder, { recursive: true });
  const manifest: Record<string, string> = {};
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(join(folder, name), content);
    manifest[name] = sha256(content);
  }
  const text = JSON.stringify(manifest);
  writeFileSync(join(folder, 'manifest.json'), text);
  return { uri: folder, sha256: sha256(text) };
}

/** A revision with a real ONNX model of late flights; `bias` makes versions answer differently. */
export function lateFlights(
  folder: string,
  options: {
    version?: string;
    id?: string;
    bias?: number;
    numbers?: string[];
  } = {},
): DesiredRevision {
  const {
    version = '1',
    id = `r${version}`,
    bias = -2,
    numbers = ['delay', 'distance'],
  } = options;
  const signature: Signature = {
    task: 'binary',
    classes: ['no', 'yes'],
    inputs: [
      ...numbers.map(name => ({ name, datatype: 'FP32', shape: [-1, 1] })),
      { name: 'origin', datatype: 'BYTES', shape: [-1, 1] },
    ],
    sample: {
      ...Object.fromEntries(numbers.map(name => [name, 1])),
      origin: 'SFO',
    },
  };
  const model = logisticOnnx({
    numbers,
    text: 'origin',
    texts: { SFO: 0.5, JFK: 1 },
    weight: 0.1,
    bias,
  });
  return {
    id,
    model: 'late-flights',
    version,
    artifact: {
      ...writeVersion(folder, {
        'model.onnx': model,
        'signature.json': JSON.stringify(signature),
      }),
      format: 'onnx',
    },
    signature,
  };
}

/** What `lateFlights` must answer for a row: the same sum, computed here. */
export function expectedProbability(row: {
  delay: number;
  distance: number;
  text: number;
  bias: number;
}) {
  return (
    1 /
    (1 + Math.exp(-(0.1 * (row.delay + row.distance) + row.text + row.bias)))
  );
}

export function flightsRequest(
  rows: Array<{
    delay: number | null;
    distance: number | null;
    origin: string;
  }> = [{ delay: 10, distance: 5, origin: 'SFO' }],
): InferenceRequest {
  const shape = [rows.length, 1];
  return {
    inputs: [
      {
        name: 'delay',
        datatype: 'FP32',
        shape,
        data: rows.map(row => row.delay),
      },
      {
        name: 'distance',
        datatype: 'FP64',
        shape,
        data: rows.map(row => row.distance),
      },
      {
        name: 'origin',
        datatype: 'BYTES',
        shape,
        data: rows.map(row => row.origin),
      },
    ],
  };
}

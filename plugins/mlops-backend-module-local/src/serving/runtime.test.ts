import { execFile } from 'node:child_process';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { lateFlights } from './__testUtils__/artifact';
import { PATIENCE, ServingBench } from './__testUtils__/servingBench';

jest.setTimeout(PATIENCE);

/** Loads a version the way the server does and prints what it takes and gives, or why it does not. */
const LOAD = `
import asyncio, json, sys
from mlserver.settings import ModelSettings
from portal_runtime import OnnxModel
uri, sha256 = sys.argv[1:]
model = OnnxModel(ModelSettings(name="late", implementation=OnnxModel, parameters={"uri": uri, "extra": {"sha256": sha256}}))
try:
    asyncio.run(model.load())
    tensors = lambda all: [[t.name, t.datatype, t.shape] for t in all]
    print(json.dumps({"inputs": tensors(model.inputs), "outputs": tensors(model.outputs)}))
except Exception as error:
    print(json.dumps({"error": type(error).__name__, "message": str(error)}))
`;

describe('the runtime, which checks what it loads by itself', () => {
  let bench: ServingBench;
  const load = async (uri: string, sha256: string) => {
    const { stdout } = await promisify(execFile)(
      bench.python,
      ['-c', LOAD, uri, sha256],
      {
        env: {
          ...process.env,
          PYTHONPATH: join(__dirname, '../../python/serving'),
          PYTHONDONTWRITEBYTECODE: '1',
        },
      },
    );
    return JSON.parse(stdout.trim().split('\n').pop()!);
  };

  beforeAll(async () => {
    bench = await ServingBench.make();
  });

  afterAll(() => bench?.dispose());

  it('tells what a version takes and gives', async () => {
    const { artifact } = lateFlights(join(bench.folder, 'v1'));
    expect(await load(artifact.uri, artifact.sha256)).toEqual({
      inputs: [
        ['delay', 'FP32', [-1, 1]],
        ['distance', 'FP32', [-1, 1]],
        ['origin', 'BYTES', [-1, 1]],
      ],
      outputs: [
        ['prediction', 'BYTES', [-1, 1]],
        ['probabilities', 'FP32', [-1, 2]],
      ],
    });
  });

  it('refuses another manifest and a changed file', async () => {
    const { artifact } = lateFlights(join(bench.folder, 'v2'));
    expect(await load(artifact.uri, '0'.repeat(64))).toMatchObject({
      error: 'RefusedArtifact',
      message: expect.stringMatching(/digest mismatch.*manifest\.json/),
    });
    await appendFile(join(artifact.uri, 'model.onnx'), 'x');
    expect(await load(artifact.uri, artifact.sha256)).toMatchObject({
      error: 'RefusedArtifact',
      message: expect.stringMatching(/digest mismatch.*model\.onnx/),
    });
  });
});

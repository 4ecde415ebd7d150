import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DesiredRevision } from '@mlops-portal/plugin-mlops-node';
import {
  flightsRequest,
  lateFlights,
  writeVersion,
} from './__testUtils__/artifact';
import { answers, PATIENCE, ServingBench } from './__testUtils__/servingBench';

jest.setTimeout(PATIENCE);

/** Trains on two columns; a second file holds a function of the standard library that no model needs. */
const TRAIN = `
import sys, numpy, pandas, os
from skops.io import dump
from sklearn.compose import make_column_transformer
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer, OrdinalEncoder
n = 400
rng = numpy.random.default_rng(0)
x = pandas.DataFrame({"delay": rng.normal(size=n), "distance": rng.normal(size=n), "origin": rng.choice(["SFO", "JFK"], n)})
y = numpy.where(x.delay > 0, "yes", "no")
columns = make_column_transformer((OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1), ["origin"]), remainder="passthrough")
model = make_pipeline(columns, HistGradientBoostingClassifier(max_iter=20)).fit(x, y)
dump(model, sys.argv[1])
dump(make_pipeline(FunctionTransformer(os.system), model), sys.argv[2])
`;

describe('a version in the skops format', () => {
  let bench: ServingBench;
  let good: DesiredRevision;
  let bad: DesiredRevision;
  let foreign: DesiredRevision;

  beforeAll(async () => {
    bench = await ServingBench.make();
    const files = ['good', 'bad'].map(name =>
      join(bench.folder, `${name}.skops`),
    );
    await promisify(execFile)(bench.python, ['-c', TRAIN, ...files]);
    const revision = async (file: string, version: string, more = {}) => {
      const folder = join(bench.folder, `skops${version}`);
      const like = lateFlights(folder, { version });
      const artifact = writeVersion(folder, {
        'model.skops': await readFile(file),
        'signature.json': JSON.stringify({ ...like.signature, ...more }),
      });
      return { ...like, artifact: { ...artifact, format: 'skops' } };
    };
    good = await revision(files[0], '1');
    bad = await revision(files[1], '2');
    foreign = await revision(files[0], '3', {
      packages: { 'scikit-learn': '0.24.2' },
    });
  });

  afterAll(async () => {
    await bench?.dispose();
  });

  it("is served if every type in it is on the allow-list and its packages are the server's, else refused by name", async () => {
    const engine = bench.engine();
    const endpoint = (revision: DesiredRevision) => ({
      name: revision.id,
      generation: 1,
      revisions: [revision],
      traffic: [{ revisionId: revision.id, percent: 100 }],
    });
    await engine.apply(endpoint(good), bench.options);
    await engine.apply(endpoint(bad), bench.options);
    await engine.apply(endpoint(foreign), bench.options);
    await bench.untilStatus(engine, good.id, answers);
    const answer = await engine.infer(
      { name: good.id },
      flightsRequest([
        { delay: 2, distance: 0, origin: 'SFO' },
        { delay: -2, distance: 0, origin: 'never seen' },
        { delay: null, distance: null, origin: 'JFK' },
      ]),
      bench.options,
    );
    expect(answer.outputs[0].data.slice(0, 2)).toEqual(['yes', 'no']);
    expect(answer.outputs[1]).toMatchObject({
      name: 'probabilities',
      shape: [3, 2],
    });
    const status = await bench.untilStatus(
      engine,
      bad.id,
      ({ state }) => state === 'not-answering',
    );
    expect(status.reason).toMatch(/allow-list.*system/);
    const other = await bench.untilStatus(
      engine,
      foreign.id,
      ({ state }) => state === 'not-answering',
    );
    expect(other.reason).toMatch(
      /made with scikit-learn 0\.24\.2, this server has .*train again/,
    );
  });
});

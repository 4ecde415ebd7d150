import { VersionDetail } from '@mlops-portal/plugin-mlops-common';
import { fairPair, inputChanges } from './fairPair';

const version = (changes: object): VersionDetail =>
  ({
    champion: {},
    signature: { inputs: [] },
    ...changes,
  } as unknown as VersionDetail);
const inputs = (...names: string[]) => ({
  signature: { inputs: names.map(name => ({ name, datatype: 'FP32' })) },
});

describe('fairPair', () => {
  const old = version({ version: 1 });
  const judged = version({
    version: 2,
    championVersion: 1,
    champion: { roc_auc: 0.68 },
  });

  it('is the version that judged the other on its own rows, in either order', () => {
    expect(fairPair([old, judged])).toBe(judged);
    expect(fairPair([judged, old])).toBe(judged);
  });

  it('is none where the evaluation saw another version, or none', () => {
    expect(fairPair([version({ version: 3 }), judged])).toBeUndefined();
    expect(
      fairPair([old, version({ version: 2, championVersion: 1 })]),
    ).toBeUndefined();
  });
});

describe('inputChanges', () => {
  it('names what clients have to send anew and what nobody asks for any more', () => {
    expect(
      inputChanges([
        version(inputs('distance', 'hour')),
        version(inputs('distance', 'day')),
      ]),
    ).toEqual({ added: ['day FP32'], gone: ['hour FP32'] });
  });
});

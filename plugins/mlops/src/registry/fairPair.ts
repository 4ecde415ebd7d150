import { VersionDetail } from '@mlops-portal/plugin-mlops-common';

/** The version whose evaluation also judged another one of those that are compared, on the same rows; the newest of them. */
export function fairPair(versions: VersionDetail[]): VersionDetail | undefined {
  const chosen = new Set(versions.map(v => v.version));
  return [...versions]
    .sort((a, b) => b.version - a.version)
    .find(
      v =>
        v.championVersion !== undefined &&
        chosen.has(v.championVersion) &&
        Object.keys(v.champion).length > 0,
    );
}

/** Names and types of inputs that the last version takes and the first does not, and the other way round. */
export function inputChanges(versions: VersionDetail[]): {
  added: string[];
  gone: string[];
} {
  const inputs = (v?: VersionDetail) =>
    (v?.signature.inputs ?? []).map(i => `${i.name} ${i.datatype}`);
  const [before, after] = [inputs(versions[0]), inputs(versions.at(-1))];
  return {
    added: after.filter(name => !before.includes(name)),
    gone: before.filter(name => !after.includes(name)),
  };
}

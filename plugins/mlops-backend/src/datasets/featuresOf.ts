import {
  cellLabels,
  Cells,
  distributionOf,
  Feature,
  mergeCells,
  ReferenceFeature,
  ReferenceProfile,
  sharesOf,
  sumOf,
  VersionDetail,
} from '@mlops-portal/plugin-mlops-common';

/**
 * Features of a version by its signature, most important first, with what its reference tells of each.
 * `columns`: dataset by the name of a column that it has.
 */
export function featuresOf(
  version: Pick<VersionDetail, 'signature' | 'importances'>,
  reference: ReferenceProfile | undefined,
  columns: Map<string, string>,
): Feature[] {
  const { inputs, sample } = version.signature;
  return inputs
    .map(({ name, datatype }): Feature => {
      const profile = reference?.features[name];
      const dataset = columns.get(name);
      return {
        name,
        kind: profile?.kind ?? (datatype === 'BYTES' ? 'text' : 'number'),
        datatype,
        column: dataset ? { dataset, name } : undefined,
        importance: profile?.importance ?? version.importances[name] ?? null,
        sample: sample?.[name],
        ...profileOf(profile),
      };
    })
    .sort((a, b) => (b.importance ?? -1) - (a.importance ?? -1));
}

type Range = [number | null, number | null];
type Told = Pick<
  Feature,
  'rows' | 'missing' | 'range' | 'categories' | 'histogram' | 'cells'
>;

function profileOf(feature: ReferenceFeature | undefined): Told {
  const counts = feature && mergeCells(Object.values(feature.days));
  if (!feature || !counts) return { rows: null, missing: null };
  const cells = distributionOf(feature, counts);
  const rows = sumOf(cells);
  return {
    rows,
    missing: sharesOf(feature, counts).missing,
    ...(feature.kind === 'number'
      ? {
          range: feature.range,
          histogram: histogramOf(feature, cells),
        }
      : { categories: feature.categories.length }),
    cells: rows
      ? {
          labels: cellLabels(feature),
          shares: cells.map(count => count / rows),
        }
      : undefined,
  };
}

/** The outer cells end at the least and the greatest value; undefined where these are not known. */
function histogramOf(
  { edges, range: [least, greatest] }: { edges: number[]; range: Range },
  cells: Cells,
): Feature['histogram'] {
  if (least === null || greatest === null) return undefined;
  return { edges: [least, ...edges, greatest], counts: cells.slice(0, -1) };
}

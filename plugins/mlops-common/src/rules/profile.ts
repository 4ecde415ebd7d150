import { z } from 'zod';

/**
 * Cells of one feature over one day. Numbers: [q0..qk, missing, under, over] between k frozen edges, where under and over
 * (outside of the reference's range) are counted in addition. Texts: one per category, other, missing.
 */
export type Cells = number[];

const cells = z.record(z.string(), z.array(z.number().nonnegative()));
const importance = z.number().min(0).default(0);

const numberFeature = z.object({
  kind: z.literal('number'),
  /** Interior edges in rising order; cell i holds values with i edges below them. */
  edges: z.array(z.number()),
  range: z.tuple([z.number().nullable(), z.number().nullable()]),
  importance,
  days: cells,
});
const textFeature = z.object({
  kind: z.literal('text'),
  categories: z.array(z.string()),
  importance,
  days: cells,
});
const featureSchema = z
  .discriminatedUnion('kind', [numberFeature, textFeature])
  .superRefine((feature, context) => {
    const width = widthOf(feature);
    for (const [day, counts] of Object.entries(feature.days)) {
      if (counts.length !== width) {
        context.addIssue({
          code: 'custom',
          message: `day ${day} has ${counts.length} cells; ${width} are needed`,
        });
      }
    }
  });

/** profile.json of an artefact: the frozen reference that later data is held against. */
export const referenceProfileSchema = z.looseObject({
  version: z.literal(1),
  rows: z.number().int().nonnegative(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  features: z.record(z.string(), featureSchema),
  prediction: featureSchema.optional(),
});
export type ReferenceProfile = z.infer<typeof referenceProfileSchema>;
export type ReferenceFeature = z.infer<typeof featureSchema>;

/** How many cells a day of the feature has. */
export function widthOf(
  feature:
    | { kind: 'number'; edges: number[] }
    | { kind: 'text'; categories: string[] },
): number {
  return feature.kind === 'number'
    ? feature.edges.length + 4
    : feature.categories.length + 2;
}

/** The cells that make the distribution: without those counted in addition. */
export function distributionOf(
  feature: Pick<ReferenceFeature, 'kind'>,
  counts: Cells,
): Cells {
  return feature.kind === 'number' ? counts.slice(0, -2) : counts;
}

/** Sum of days; undefined where there are none. */
export function mergeCells(days: Iterable<Cells>): Cells | undefined {
  let sum: Cells | undefined;
  for (const day of days) {
    const before = sum;
    sum = before ? before.map((count, cell) => count + day[cell]) : [...day];
  }
  return sum;
}

export function sumOf(counts: Cells): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

/** Shares of missing values and of those outside of the reference's range; null without rows. */
export function sharesOf(
  feature: Pick<ReferenceFeature, 'kind'>,
  counts: Cells,
): { missing: number | null; under: number | null; over: number | null } {
  const n = sumOf(distributionOf(feature, counts));
  if (n === 0) return { missing: null, under: null, over: null };
  const last = counts.length - 1;
  return feature.kind === 'number'
    ? {
        missing: counts[last - 2] / n,
        under: counts[last - 1] / n,
        over: counts[last] / n,
      }
    : { missing: counts[last] / n, under: null, over: null };
}

/** Names of the cells of the distribution, missing last. */
export function cellLabels(feature: ReferenceFeature): string[] {
  if (feature.kind === 'text') {
    return [...feature.categories, 'other', 'missing'];
  }
  const edges = feature.edges.map(edge => String(Number(edge.toPrecision(5))));
  if (!edges.length) return ['all', 'missing'];
  return [
    `<= ${edges[0]}`,
    ...edges.slice(1).map((edge, index) => `${edges[index]} - ${edge}`),
    `> ${edges[edges.length - 1]}`,
    'missing',
  ];
}

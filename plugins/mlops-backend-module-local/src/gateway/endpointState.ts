import { Signature, signatureSchema } from '@mlops-portal/plugin-mlops-common';
import { DesiredEndpoint } from '@mlops-portal/plugin-mlops-node';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { readJson, writeDurably } from './durableFile';
import { GatewayError } from './gatewayError';

/** Names become parts of URLs and of paths. */
const nameSchema = z
  .string()
  .regex(/^[A-Za-z0-9]([A-Za-z0-9._-]{0,98}[A-Za-z0-9])?$/, {
    error: 'takes 1 to 100 letters, digits, dots, dashes and underscores',
  })
  .refine(name => !name.includes('..'), { error: 'must not hold ".."' });

const revisionSchema = z.object({
  id: nameSchema,
  model: z.string().min(1),
  version: z.string().min(1),
  artifact: z.object({
    uri: z.string().min(1),
    sha256: z.string().regex(/^[0-9a-f]{64}$/, { error: 'is a sha256 in hex' }),
    format: z.string().min(1),
  }),
  signature: signatureSchema as unknown as z.ZodType<Signature>,
});

const trafficSchema = z.array(
  z.object({ revisionId: z.string(), percent: z.number().min(0).max(100) }),
);

export const desiredEndpointSchema = z
  .object({
    name: nameSchema,
    generation: z.number().int().nonnegative(),
    revisions: z.array(revisionSchema).min(1).max(20),
    traffic: trafficSchema,
  })
  .superRefine((endpoint, context) => {
    const ids = endpoint.revisions.map(revision => revision.id);
    const refuse = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message });
    if (new Set(ids).size !== ids.length) {
      refuse('revisions', 'names a revision twice');
    }
    const shared = endpoint.traffic.map(share => share.revisionId);
    if (new Set(shared).size !== shared.length) {
      refuse('traffic', 'gives a revision two shares');
    }
    const unknown = shared.find(id => !ids.includes(id));
    if (unknown !== undefined) {
      refuse(
        'traffic',
        `gives a share to "${unknown}", which is not in revisions`,
      );
    }
    const total = endpoint.traffic.reduce(
      (sum, share) => sum + share.percent,
      0,
    );
    // No share at all is a version that is loaded and looked at before it answers anybody.
    if (endpoint.traffic.length > 0 && Math.abs(total - 100) > 1e-6) {
      refuse('traffic', `sums to ${total} percent, not 100`);
    }
  });

const storedEndpointSchema = z.object({
  desired: desiredEndpointSchema,
  /** Shares that are followed now. */
  traffic: trafficSchema,
  /** Revisions that are not wanted any more and still have a share, until those that replace them answer. */
  kept: z.array(revisionSchema),
});
export type StoredEndpoint = z.infer<typeof storedEndpointSchema>;

/** @throws GatewayError 400 naming the first field that is wrong. */
export function parseDesired(value: unknown): DesiredEndpoint {
  const parsed = desiredEndpointSchema.safeParse(value);
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0];
    const field = path.join('.');
    throw new GatewayError(400, 'InputError', `${field} ${message}`, { field });
  }
  return parsed.data;
}

/**
 * Decides whether a wanted state may replace the one that is there.
 *
 * @returns false if it is there already.
 * @throws GatewayError 409 if it is older, or says something else under the same generation or revision id.
 */
export function isNews(
  current: DesiredEndpoint | undefined,
  next: DesiredEndpoint,
) {
  if (!current) {
    return true;
  }
  const conflict = (message: string) =>
    new GatewayError(409, 'ConflictError', `Endpoint ${next.name}: ${message}`);
  if (next.generation < current.generation) {
    throw conflict(
      `generation ${next.generation} is older than ${current.generation}, which was applied before; read the endpoint again`,
    );
  }
  if (next.generation === current.generation) {
    if (isDeepStrictEqual(current, next)) {
      return false;
    }
    // The digest says what an artefact is; where it lies changes with a copied or moved data folder.
    if (isDeepStrictEqual(withoutPlaces(current), withoutPlaces(next))) {
      return true;
    }
    throw conflict(
      `generation ${next.generation} was applied before with another content; use a higher one`,
    );
  }
  for (const revision of next.revisions) {
    const known = current.revisions.find(({ id }) => id === revision.id);
    if (known && known.artifact.sha256 !== revision.artifact.sha256) {
      throw conflict(
        `revision ${revision.id} is version ${known.version} with another digest; a revision id is never used again`,
      );
    }
  }
  return true;
}

function withoutPlaces(endpoint: DesiredEndpoint) {
  const revisions = endpoint.revisions.map(({ artifact, ...rest }) => ({
    ...rest,
    sha256: artifact.sha256,
    format: artifact.format,
  }));
  return { ...endpoint, revisions };
}

/** Wanted endpoints on disk; written before a change is acknowledged. */
export class EndpointStateFile {
  constructor(private readonly path: string) {}

  async read(): Promise<StoredEndpoint[]> {
    const content = await readJson(this.path);
    return content === undefined
      ? []
      : z.object({ endpoints: z.array(storedEndpointSchema) }).parse(content)
          .endpoints;
  }

  async write(endpoints: StoredEndpoint[]) {
    await writeDurably(this.path, JSON.stringify({ endpoints }, undefined, 1));
  }
}

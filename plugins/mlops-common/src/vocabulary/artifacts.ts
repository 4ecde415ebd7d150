import { z } from 'zod';

/** sha256 in lower-case hex. */
export const sha256Schema = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'a sha256 in lower-case hex');

/** A model on disk: a folder with `manifest.json`, whose own digest is the version's. */
export const artifactSchema = z.object({
  uri: z.string(),
  sha256: sha256Schema,
  format: z.string(),
  sizeBytes: z.number().int().nonnegative().optional(),
  files: z
    .array(
      z.object({
        name: z.string(),
        sha256: sha256Schema,
        sizeBytes: z.number(),
      }),
    )
    .optional(),
});
export type Artifact = z.infer<typeof artifactSchema>;

/** Formats that may be served. Anything else is refused at registration with a reason. */
export const SAFE_MODEL_FORMATS: readonly string[] = ['onnx', 'skops'];

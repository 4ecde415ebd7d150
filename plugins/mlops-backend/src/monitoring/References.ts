import { LoggerService } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import {
  ReferenceProfile,
  referenceProfileSchema,
} from '@mlops-portal/plugin-mlops-common';
import { RegistrySlice } from '../slices';

const KEPT = 20;

/** The frozen references of versions, read once: an artefact never changes. */
export class References {
  private readonly known = new Map<string, ReferenceProfile | undefined>();

  constructor(
    private readonly deps: {
      registry: Pick<RegistrySlice, 'readArtifact'>;
      logger: LoggerService;
    },
  ) {}

  /** Undefined where the artefact carries no readable profile.json; rejects while the registry does not answer. */
  async of(
    model: string,
    version: number,
  ): Promise<ReferenceProfile | undefined> {
    const key = `${model}/${version}`;
    if (this.known.has(key)) return this.known.get(key);
    const profile = await this.read(model, version);
    this.known.set(key, profile);
    if (this.known.size > KEPT) {
      this.known.delete(this.known.keys().next().value!);
    }
    return profile;
  }

  private async read(
    model: string,
    version: number,
  ): Promise<ReferenceProfile | undefined> {
    let text: string;
    try {
      const content = await this.deps.registry.readArtifact(
        model,
        version,
        'profile.json',
      );
      text = content.toString('utf8');
    } catch (error) {
      if (error instanceof NotFoundError || isNotFound(error)) return undefined;
      throw error;
    }
    let document: unknown;
    try {
      document = JSON.parse(text);
    } catch {
      document = undefined;
    }
    const parsed = referenceProfileSchema.safeParse(document);
    if (parsed.success) return parsed.data;
    const issue = parsed.error.issues[0];
    this.deps.logger.warn(
      `profile.json of ${model} version ${version} is not readable (${issue.path.join(
        '.',
      )}: ${issue.message}): its drift stays unknown`,
    );
    return undefined;
  }
}

function isNotFound(error: unknown): boolean {
  return (error as Error)?.name === 'NotFoundError';
}

import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { DesiredEndpoint } from '@mlops-portal/plugin-mlops-node';

/**
 * The endpoint with every artefact that this data folder has at its place there. In a copied or moved folder the paths that were
 * written down lead to the old one; the digest, which is checked before a version is served, says that it is the same.
 */
export async function withOwnArtifacts(
  home: string,
  endpoint: DesiredEndpoint,
): Promise<DesiredEndpoint> {
  const revisions = await Promise.all(
    endpoint.revisions.map(async revision => {
      const { artifact } = revision;
      const uri = join(home, 'artifacts', artifact.sha256);
      const here = await access(join(uri, 'manifest.json')).then(
        () => true,
        () => false,
      );
      return here ? { ...revision, artifact: { ...artifact, uri } } : revision;
    }),
  );
  return { ...endpoint, revisions };
}

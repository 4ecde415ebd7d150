import { RootConfigService } from '@backstage/backend-plugin-api';

/** How steps and CI jobs reach the portal: `mlops.access` of the configuration. */
export interface PortalAccess {
  url: string;
  /** Absent: steps cannot report, and a run says so at its end. */
  token?: string;
}

export function portalAccess(config: RootConfigService): PortalAccess {
  return {
    url: (
      config.getOptionalString('mlops.access.url') ??
      config.getString('backend.baseUrl')
    ).replace(/\/+$/, ''),
    token: config.getOptionalString('mlops.access.token'),
  };
}

/** Environment of every step of a run; holds the token, so it is passed to the engine and nowhere else. */
export function stepEnvironment(
  access: PortalAccess,
  run: { id: string; pipeline: string; commit: string; projectUrl: string },
): Record<string, string> {
  return {
    PORTAL_URL: access.url,
    ...(access.token ? { PORTAL_TOKEN: access.token } : {}),
    OPENLINEAGE__TRANSPORT: JSON.stringify({
      type: 'http',
      url: access.url,
      endpoint: 'api/mlops/lineage/events',
      ...(access.token
        ? { auth: { type: 'api_key', apiKey: access.token } }
        : {}),
      timeout: 5,
      retry: { total: 0 },
    }),
    OPENLINEAGE_NAMESPACE: 'portal',
    OPENLINEAGE_PARENT_ID: `portal/${run.pipeline}/${run.id}`,
    CI_COMMIT_SHA: run.commit,
    CI_PROJECT_URL: run.projectUrl,
    OMP_NUM_THREADS: '1',
  };
}

import { useNavigate } from 'react-router-dom';
import { VersionDetail } from '@mlops-portal/plugin-mlops-common';
import { useReasonedAct } from '../hooks';
import { paths } from '../routes';

/** Starts the rollout of a version after its reason was asked for, and goes to its endpoint, where one can follow and take it back. */
export function useDeploy(v: Pick<VersionDetail, 'model' | 'version'>) {
  const navigate = useNavigate();
  return useReasonedAct(
    (hub, { reason, idempotencyKey, signal }) =>
      hub.deploy(
        {
          name: v.model,
          body: { version: v.version, reason, idempotencyKey },
        },
        { signal },
      ),
    endpoint => navigate(paths.endpoint(endpoint.name)),
  );
}

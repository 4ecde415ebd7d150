import { InputError } from '@backstage/errors';
import { RootConfigService } from '@backstage/backend-plugin-api';
import {
  CanaryRules,
  DEFAULT_TRAFFIC_BEFORE_APPROVAL,
  TrafficBeforeApproval,
} from '@mlops-portal/plugin-mlops-common';
import { DEFAULT_MAX_UPLOAD_BYTES, SourceRules } from './sources';

/** Share of traffic by risk class that may flow before approval; `mlops.serving.trafficBeforeApproval`. */
export function trafficBeforeApproval(
  config: RootConfigService,
): TrafficBeforeApproval {
  const section = config.getOptionalConfig(
    'mlops.serving.trafficBeforeApproval',
  );
  const share = (risk: keyof TrafficBeforeApproval) =>
    section?.getOptionalNumber(risk) ?? DEFAULT_TRAFFIC_BEFORE_APPROVAL[risk];
  return {
    minimal: share('minimal'),
    limited: share('limited'),
    high: share('high'),
  };
}

/** When a canary may move on; `mlops.serving.canary`. */
export function canaryRules(config: RootConfigService): CanaryRules {
  const section = config.getOptionalConfig('mlops.serving.canary');
  return {
    minSeconds: section?.getOptionalNumber('minSeconds') ?? 60,
    minRequests: section?.getOptionalNumber('minRequests') ?? 20,
    maxErrorRate: section?.getOptionalNumber('maxErrorRate') ?? 0.01,
  };
}

/** Days that captured predictions and labels are kept; `mlops.monitoring.keepDays`. InputError unless a whole number of days, 1 at least. */
export function keepDays(config: RootConfigService): number | undefined {
  const key = 'mlops.monitoring.keepDays';
  const days = config.getOptionalNumber(key);
  if (days !== undefined && (!Number.isInteger(days) || days < 1)) {
    throw new InputError(
      `${key} is ${days}; it must be a whole number of days, 1 at least`,
    );
  }
  return days;
}

/** Where tables may come from; `mlops.sources`. */
export function sourceRules(
  config: RootConfigService,
  home: string,
): SourceRules {
  const section = config.getOptionalConfig('mlops.sources');
  return {
    home,
    allowedFolders: section?.getOptionalStringArray('allowedFolders') ?? [],
    allowedHosts: section?.getOptionalStringArray('allowedHosts') ?? [],
    maxUploadBytes:
      section?.getOptionalNumber('maxUploadBytes') ?? DEFAULT_MAX_UPLOAD_BYTES,
  };
}

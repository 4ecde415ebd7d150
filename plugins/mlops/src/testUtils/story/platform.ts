import { AuditEntry, EngineStatus } from '@mlops-portal/plugin-mlops-common';
import { problem } from './problems';
import { hoursAgo } from './time';

export function engines(): EngineStatus[] {
  const base = {
    version: '0.1.0',
    capabilities: {},
    links: [],
    state: 'answering' as const,
    lastContact: hoursAgo(0.003),
    breaker: 'closed' as const,
    latencyMs: 12,
  };
  return [
    {
      ...base,
      contract: 'pipelines',
      id: 'local',
      title: 'Pipelines on this machine',
      capabilities: { stop: true, cache: true, maxConcurrentRuns: 2 },
    },
    {
      ...base,
      contract: 'serving',
      id: 'local',
      title: 'Gateway on this machine',
      capabilities: { canary: true, shadow: false },
    },
    {
      ...base,
      contract: 'source',
      id: 'local',
      title: 'Repositories on this machine',
    },
    {
      ...base,
      contract: 'artifacts',
      id: 'local',
      title: 'Files of this machine',
    },
    {
      ...base,
      contract: 'pipelines',
      id: 'kubeflow',
      title: 'Kubeflow Pipelines',
      state: 'not-answering',
      reason: 'connect ECONNREFUSED',
      lastContact: hoursAgo(0.07),
      breaker: 'open',
      latencyMs: undefined,
    },
  ];
}

export function audit(): AuditEntry[] {
  return problem().activity.map((item, i) => ({
    id: `audit-${i}`,
    at: item.at,
    actor: item.actor,
    action: item.action,
    object: item.object,
    reason: i % 2 ? 'canary looked quiet' : undefined,
    outcome: i === 2 ? 'refused' : 'done',
    detail: i === 1 ? { traffic: [{ version: 6, percent: 10 }] } : {},
  }));
}

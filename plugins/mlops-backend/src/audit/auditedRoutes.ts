import { nameSchema, RouteId } from '@mlops-portal/plugin-mlops-common';

interface Input {
  params: Record<string, unknown>;
  body: Record<string, unknown>;
}

/** Acts that leave exactly one entry each, with the object they act on. Kept by the router, whatever the outcome. */
export const auditedRoutes: {
  [K in RouteId]?: (input: Input) => string;
} = {
  createRepository: ({ body }) => `problem:${body.name}`,
  deleteRepository: ({ params }) => `problem:${params.name}`,
  putPipelineVersion: ({ params }) => `pipeline:${params.name}`,
  startRun: ({ params }) => `pipeline:${params.name}`,
  stopRun: ({ params }) => `run:${params.id}`,
  rerun: ({ params }) => `run:${params.id}`,
  setStage: ({ params }) => `version:${params.name}/${params.version}`,
  setAlias: ({ params, body }) => `version:${params.name}/${body.version}`,
  requestApproval: ({ body }) => `version:${body.model}/${body.version}`,
  decideApproval: ({ params }) => `approval:${params.id}`,
  deploy: ({ params }) => `endpoint:${params.name}`,
  promote: ({ params }) => `endpoint:${params.name}`,
  rollback: ({ params }) => `endpoint:${params.name}`,
  retire: ({ params }) => `endpoint:${params.name}`,
  acknowledgeAlert: ({ params }) => `alert:${params.id}`,
  muteAlert: ({ params }) => `alert:${params.id}`,
  retrain: ({ params }) => `problem:${params.problem}`,
  pauseRetraining: ({ params }) => `problem:${params.problem}`,
};

const NAMES = ['problem', 'pipeline', 'model', 'endpoint', 'name'] as const;

/** Name along the loop that an act concerns, from its answer or else from what was asked. */
export function nameAlongTheLoop(...told: unknown[]): string | undefined {
  for (const each of told) {
    if (typeof each !== 'object' || each === null) continue;
    for (const key of NAMES) {
      const value = (each as Record<string, unknown>)[key];
      if (typeof value === 'string' && nameSchema.safeParse(value).success) {
        return value;
      }
    }
  }
  return undefined;
}

/** Routes that change nothing a person decided: questions asked by POST, and streams of machine events. */
export const unauditedRoutes: readonly RouteId[] = [
  'inspectSource',
  'planProblem',
  'infer',
  'recheckEngines',
  'evaluateMonitoring',
  'writePayloadEvents',
  'writeLabels',
  'writeLineageEvent',
];

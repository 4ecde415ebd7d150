import { z } from 'zod';
import {
  approvalStateSchema,
  conditionSchema,
  riskClassSchema,
} from '../vocabulary/states';
import {
  nameSchema,
  pageOf,
  reasonSchema,
  route,
  searchQuery,
  timeSchema,
} from './route';

export const approvalSchema = z.object({
  id: z.string(),
  model: nameSchema,
  version: z.number().int(),
  endpoint: nameSchema,
  state: approvalStateSchema,
  riskClass: riskClassSchema,
  requestedBy: z.string(),
  requestedAt: timeSchema,
  reason: z.string(),
  decidedBy: z.string().optional(),
  decidedAt: timeSchema.optional(),
  decisionReason: z.string().optional(),
  /** Approved although a condition was not met: recorded. */
  exception: z.boolean(),
  conditions: z.array(conditionSchema),
  /** True where one person may approve their own request (a one-person laptop). */
  fourEyesWaived: z.boolean(),
  metric: z
    .object({
      name: z.string(),
      value: z.number(),
      champion: z.number().optional(),
    })
    .optional(),
});
export type Approval = z.infer<typeof approvalSchema>;

const byId = z.object({ id: z.string() });
const tag = 'registry';

export const approvalRoutes = {
  requestApproval: route({
    method: 'post',
    path: '/approvals',
    tag,
    permission: 'mlops.approval.request',
    summary:
      'Asks that a version may take all traffic of an endpoint; a waiting request for the same version is returned as it is',
    body: z.object({
      model: nameSchema,
      version: z.number().int(),
      endpoint: nameSchema.optional(),
      reason: reasonSchema,
    }),
    response: approvalSchema,
  }),
  listApprovals: route({
    method: 'get',
    path: '/approvals',
    tag,
    permission: 'mlops.read',
    summary: 'Approval requests, waiting ones first',
    query: searchQuery.extend({
      state: approvalStateSchema.optional(),
      model: nameSchema.optional(),
    }),
    response: pageOf(approvalSchema),
  }),
  getApproval: route({
    method: 'get',
    path: '/approvals/{id}',
    tag,
    permission: 'mlops.read',
    summary: 'One request with its evidence',
    params: byId,
    response: approvalSchema,
  }),
  decideApproval: route({
    method: 'post',
    path: '/approvals/{id}/decision',
    tag,
    permission: 'mlops.approval.decide',
    summary:
      'Approves or refuses; the second of two decisions is refused with who decided; approving moves the canary on',
    params: byId,
    body: z.object({
      decision: z.enum(['approve', 'refuse']),
      reason: reasonSchema,
      exception: z.boolean().default(false),
    }),
    response: approvalSchema,
  }),
};

import { Approval } from '@mlops-portal/plugin-mlops-common';
import { LineageSlice } from '../slices';
import { TrafficChanged } from './TrafficService';

/** Edges that follow from what the registry is told: who approved a version, and which version answers where, since when. */
export function registryLineage(
  lineage: Pick<LineageSlice, 'addEdge' | 'endEdge' | 'putNode'>,
) {
  return {
    async onApproval(approval: Approval): Promise<void> {
      if (approval.state !== 'approved') return;
      const { id, model, version, decidedBy, decidedAt } = approval;
      await lineage.putNode({
        id: `approval:${id}`,
        kind: 'approval',
        title: `approved by ${decidedBy}`,
        facts: {
          decidedBy: decidedBy!,
          decidedAt: decidedAt!,
          reason: approval.decisionReason ?? '',
          exception: approval.exception ? 'yes' : 'no',
        },
      });
      await lineage.addEdge({
        from: `version:${model}/${version}`,
        to: `approval:${id}`,
        kind: 'approvedBy',
        validFrom: decidedAt!,
      });
    },
    async onTraffic(change: TrafficChanged): Promise<void> {
      const { model, endpoint, at, started, ended } = change;
      const edge = (version: number) => ({
        from: `endpoint:${endpoint}`,
        to: `version:${model}/${version}`,
        kind: 'answeredBy',
      });
      await lineage.putNode({
        id: `endpoint:${endpoint}`,
        kind: 'endpoint',
        title: endpoint,
        facts: {},
      });
      for (const version of started) {
        await lineage.addEdge({ ...edge(version), validFrom: at });
      }
      for (const version of ended) {
        await lineage.endEdge({ ...edge(version), validTo: at });
      }
    },
  };
}

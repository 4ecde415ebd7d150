import { Approval } from '@mlops-portal/plugin-mlops-common';
import { LineageSlice } from '../slices';
import { TrafficChanged } from './TrafficService';

type RegistryLineage = Pick<
  LineageSlice,
  'addEdge' | 'moveEdge' | 'endEdge' | 'putNode' | 'openEdges'
>;

/** Edges that follow from what the registry is told: who approved a version, and which version answers where, since when. */
export function registryLineage(lineage: RegistryLineage) {
  return {
    async onApproval(approval: Approval): Promise<void> {
      if (approval.state !== 'approved') return;
      const { id, model, version, decidedBy, decidedAt } = approval;
      await lineage.putNode({
        id: `approval:${id}`,
        kind: 'approval',
        title: `v${version} approved`,
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
      const { model, endpoint, at } = change;
      await lineage.putNode({
        id: `endpoint:${endpoint}`,
        kind: 'endpoint',
        title: endpoint,
        facts: {},
      });
      for (const { version, revision, from, to } of change.changes) {
        const edge = {
          from: `endpoint:${endpoint}`,
          to: `version:${model}/${version}`,
          kind: 'answeredBy',
        };
        if (from === 0) await lineage.addEdge({ ...edge, validFrom: at });
        if (to === 0) await lineage.endEdge({ ...edge, validTo: at });
        await route(lineage, change, { version, revision, to });
      }
    },
  };
}

/** Which revision had which share from when on, and who gave it to it. */
async function route(
  lineage: RegistryLineage,
  { model, endpoint, at, what, actor, reason }: TrafficChanged,
  now: { version: number; revision?: string; to: number },
): Promise<void> {
  const from = `endpoint:${endpoint}`;
  const kind = 'routedTo';
  const served = { model, version: now.version };
  const open = await lineage.openEdges({ from, kind, at });
  const before = open.filter(edge => edge.facts.version === now.version);
  const revision = now.revision ? `revision:${now.revision}` : undefined;
  for (const edge of before) {
    if (now.to === 0 || edge.to !== revision)
      await lineage.endEdge({ from, to: edge.to, kind, validTo: at });
  }
  if (!revision || now.to === 0) return;
  if (!before.some(edge => edge.to === revision)) {
    await lineage.putNode({
      id: revision,
      kind: 'revision',
      title: `v${now.version} on ${endpoint}`,
      facts: { ...served, deployedBy: actor, deployedAt: at, reason },
    });
    await lineage.addEdge({
      from: revision,
      to: `version:${model}/${now.version}`,
      kind: 'serves',
      validFrom: at,
    });
  }
  await lineage.moveEdge({
    from,
    to: revision,
    kind,
    validFrom: at,
    facts: { ...served, percent: now.to, act: what ?? '', actor, reason },
  });
}

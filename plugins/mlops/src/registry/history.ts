import { VersionDetail } from '@mlops-portal/plugin-mlops-common';

type Transition = VersionDetail['transitions'][number];

/** What happened by one act: several things of one moment, one person, one reason. */
export interface HistoryRow {
  at: string;
  actor: string;
  reason?: string;
  steps: Transition[];
}

const ONE_ACT_MS = 2000;

/** Transitions (newest first) folded into acts, oldest first; the reason stands once where consecutive acts repeat it. */
export function historyOf(transitions: Transition[]): HistoryRow[] {
  const rows: HistoryRow[] = [];
  for (const step of [...transitions].reverse()) {
    const last = rows.at(-1);
    const together =
      last !== undefined &&
      last.actor === step.actor &&
      last.reason === step.reason &&
      Date.parse(step.at) - Date.parse(last.at) <= ONE_ACT_MS;
    if (together) last.steps.push(step);
    else
      rows.push({
        at: step.at,
        actor: step.actor,
        reason: step.reason,
        steps: [step],
      });
  }
  const said = new Set<string>();
  return rows.map(({ reason, ...row }) => {
    if (!reason || said.has(reason)) return row;
    said.add(reason);
    return { ...row, reason };
  });
}

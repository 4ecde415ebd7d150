import {
  Condition,
  directionOf,
  Signature,
} from '@mlops-portal/plugin-mlops-common';
import { mergeConditions } from './mergeConditions';
import { VersionFacts } from './modelEvent';

export interface ApprovalEvidence {
  state: 'pending' | 'ready' | 'failed';
  sha256: string;
  facts: VersionFacts;
  primaryMetric: string | null;
  /** Version in production; undefined before the first deployment. */
  production?: { version: number; signature: Signature };
  requestedBy: string;
  /** Who decides; undefined while the request waits. */
  decidedBy?: string;
  selfApprovalAllowed: boolean;
}

const noGate: Condition = {
  condition: 'gate of the run',
  state: 'unknown',
  detail: 'the run reported no gate',
};

/** What an approver looks at: the gate of the run, then what the registry can check itself; asked by both, a question stands once. */
export function conditionsOf(evidence: ApprovalEvidence): Condition[] {
  const { facts } = evidence;
  const gate = facts.gate.length ? facts.gate : [noGate];
  const own = [
    digest(evidence),
    baseline(evidence),
    ...signature(evidence),
    fourEyes(evidence),
  ];
  return mergeConditions([
    ...gate.map(c => ({ ...c, checkedBy: 'run' as const })),
    ...own.map(c => ({ ...c, checkedBy: 'hub' as const })),
  ]);
}

function digest({ state, sha256 }: ApprovalEvidence): Condition {
  const states = {
    ready: 'met',
    failed: 'not-met',
    pending: 'unknown',
  } as const;
  return {
    condition: 'digest of the artefact checked',
    state: states[state],
    detail: `sha256 ${sha256.slice(0, 12)}`,
  };
}

function baseline({ facts, primaryMetric }: ApprovalEvidence): Condition {
  const condition = 'better than the baseline';
  const name = primaryMetric;
  const mine = name === null ? undefined : facts.metrics[name];
  const base = name === null ? undefined : facts.baseline[name];
  if (name === null || mine === undefined || base === undefined) {
    const detail = `${
      name ?? 'the metric of the problem'
    } is not known for both`;
    return { condition, state: 'unknown', detail };
  }
  const better = directionOf(name) === 'maximize' ? mine > base : mine < base;
  return {
    condition,
    state: better ? 'met' : 'not-met',
    detail: `${name} ${figure(mine)}, baseline ${figure(base)}`,
  };
}

/** A changed signature breaks the clients of an endpoint; without a version in production there are none. */
function signature({ facts, production }: ApprovalEvidence): Condition[] {
  if (!production) return [];
  const before = inputsOf(production.signature);
  const now = inputsOf(facts.signature);
  const gone = before.filter(input => !now.includes(input));
  const added = now.filter(input => !before.includes(input));
  const changed = [
    ...gone.map(input => `without ${input}`),
    ...added.map(input => `with ${input}`),
  ];
  return [
    {
      condition: 'signature as in production',
      state: changed.length ? 'not-met' : 'met',
      detail: changed.length
        ? `against version ${production.version}: ${changed.join(', ')}`
        : `${now.length} inputs as in version ${production.version}`,
    },
  ];
}

function inputsOf(of: Signature): string[] {
  return of.inputs.map(({ name, datatype }) => `${name} ${datatype}`);
}

function fourEyes(evidence: ApprovalEvidence): Condition {
  const condition = 'requester and approver differ';
  const { requestedBy, decidedBy, selfApprovalAllowed } = evidence;
  if (decidedBy === undefined) {
    return selfApprovalAllowed
      ? { condition, state: 'met', detail: 'waived by configuration' }
      : {
          condition,
          state: 'unknown',
          detail: `somebody other than ${requestedBy} must decide`,
        };
  }
  if (decidedBy !== requestedBy) {
    const detail = `asked by ${requestedBy}, decided by ${decidedBy}`;
    return { condition, state: 'met', detail };
  }
  return selfApprovalAllowed
    ? { condition, state: 'met', detail: 'waived by configuration' }
    : { condition, state: 'not-met', detail: `both are ${requestedBy}` };
}

function figure(value: number): string {
  return String(Number(value.toPrecision(4)));
}

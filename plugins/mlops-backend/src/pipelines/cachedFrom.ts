import { Step } from '@mlops-portal/plugin-mlops-common';
import { RunStore } from './RunStore';

/** How many runs are looked back at. */
const LOOK_BACK = 50;

/**
 * Earlier runs of the same pipeline, newest first, with a step whose artefacts a cached step of this run took over; none of a
 * run that is not ours: an outside program reports models too.
 */
export async function cachedFrom(
  runs: Pick<RunStore, 'row' | 'steps' | 'list'>,
  runId: string,
): Promise<string[]> {
  const pipeline = await pipelineOf(runs, runId);
  if (pipeline === undefined) return [];
  const cached = (await runs.steps(runId)).filter(step => step.cached);
  const taken = new Set(cached.flatMap(artefactsOf));
  if (!taken.size) return [];
  const recent = await runs.list({ pipeline, limit: LOOK_BACK, offset: 0 });
  const found: string[] = [];
  for (const { id } of recent.items) {
    if (id === runId) continue;
    const steps = await runs.steps(id);
    const shares = steps.flatMap(artefactsOf).some(key => taken.has(key));
    if (shares) found.push(id);
  }
  return found;
}

async function pipelineOf(
  runs: Pick<RunStore, 'row'>,
  runId: string,
): Promise<string | undefined> {
  try {
    return (await runs.row(runId)).pipeline;
  } catch (error) {
    if ((error as Error).name === 'NotFoundError') return undefined;
    throw error;
  }
}

/** Artefacts are told by uri; values by value, which may be equal by chance. */
function artefactsOf({ name, outputs }: Step): string[] {
  return Object.values(outputs)
    .filter(value => typeof value === 'string' && value.includes('/'))
    .map(uri => `${name} ${uri}`);
}

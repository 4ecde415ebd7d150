import { TrialsFacet, trialsFacetSchema } from './TrialStore';
import {
  EventConsumer,
  facetOf,
  ownerRunOf,
  RunEvent,
} from '../openlineage/runEvent';

/** Hands trials that a run reports to the pipelines slice. */
export class TrialsConsumer implements EventConsumer {
  constructor(
    private readonly noteTrials: (
      runId: string,
      facet: TrialsFacet,
    ) => Promise<void>,
  ) {}

  check(event: RunEvent): void {
    facetOf(event.run, 'mlops_trials', trialsFacetSchema);
  }

  async take(event: RunEvent): Promise<void> {
    const facet = facetOf(event.run, 'mlops_trials', trialsFacetSchema);
    if (facet) await this.noteTrials(ownerRunOf(event), facet);
  }
}

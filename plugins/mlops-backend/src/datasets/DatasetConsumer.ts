import { EventConsumer, RunEvent } from '../openlineage/runEvent';
import { DatasetStore } from './DatasetStore';
import { reportsOf } from './report';

/** Stores the state of every source that a run event tells a version of; refuses none. */
export class DatasetConsumer implements EventConsumer {
  constructor(private readonly store: Pick<DatasetStore, 'record'>) {}

  check(_event: RunEvent): void {
    // What cannot be used is left out and told on the version's page: no event is refused for it.
  }

  async take(event: RunEvent): Promise<void> {
    for (const report of reportsOf(event)) await this.store.record(report);
  }
}

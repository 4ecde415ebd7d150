import { Readable } from 'node:stream';
import { LoggerService } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError, toError } from '@backstage/errors';
import { DocumentCollatorFactory } from '@backstage/plugin-search-common';
import {
  MlopsDocument,
  mlopsPermissions,
  SEARCH_TYPE,
} from '@mlops-portal/plugin-mlops-common';
import { PAGES } from './documents';
import { HubReader } from '@mlops-portal/plugin-mlops-node';
import { SECTIONS } from './sections';

/**
 * Documents of everything the hub knows, shown to those who have `mlops.read`, as the hub's own pages are.
 * A section that cannot be read keeps its last documents; where none can be read the old index stays.
 */
export class HubCollatorFactory implements DocumentCollatorFactory {
  readonly type = SEARCH_TYPE;
  readonly visibilityPermission = mlopsPermissions['mlops.read'];
  private readonly last = new Map<string, MlopsDocument[]>();

  constructor(
    private readonly options: { read: HubReader; logger: LoggerService },
  ) {}

  async getCollator(): Promise<Readable> {
    return Readable.from(this.documents());
  }

  private async *documents(): AsyncGenerator<MlopsDocument> {
    const failures: Error[] = [];
    for (const [section, read] of Object.entries(SECTIONS)) {
      try {
        this.last.set(section, await this.options.read(read));
      } catch (error) {
        failures.push(toError(error));
        this.options.logger.warn(
          `${section} could not be indexed for the search, their last known documents stay: ${error}`,
        );
      }
    }
    if (failures.length === Object.keys(SECTIONS).length) {
      throw new ServiceUnavailableError(
        'the hub does not answer; the search keeps its last index and asks again at the next turn',
        failures[0],
      );
    }
    yield* withOwners([...PAGES, ...[...this.last.values()].flat()]);
  }
}

/** What belongs to a loop is owned by the owner of its problem. */
function withOwners(documents: MlopsDocument[]): MlopsDocument[] {
  const owners = new Map(
    documents
      .filter(({ kind }) => kind === 'problem')
      .map(({ name, owner }) => [name, owner]),
  );
  return documents.map(document => ({
    ...document,
    owner: document.owner || (owners.get(document.name) ?? ''),
  }));
}

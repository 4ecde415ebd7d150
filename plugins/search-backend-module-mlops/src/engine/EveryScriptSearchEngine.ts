import { LoggerService } from '@backstage/backend-plugin-api';
import {
  LunrQueryTranslator,
  LunrSearchEngine,
  LunrSearchEngineIndexer,
  MissingIndexError,
} from '@backstage/plugin-search-backend-node';
import {
  IndexableResultSet,
  SearchQuery,
} from '@backstage/plugin-search-common';
import lunr from 'lunr';

/** How many letters a word may differ by: in a short one each letter counts. */
function letters(word: string): number {
  if (word.length < 5) return 0;
  return word.length < 8 ? 1 : 2;
}

/**
 * The index in memory that Backstage brings, with three differences. Words of every script are kept: Lunr's
 * trimmer knows the letters of English only and would leave nothing of a Persian name. Words are
 * guessed by their length: two wrong letters in "auc" would find every word of three. And a type of which no
 * document exists yet has no results, where Backstage's own engine answers with an error.
 */
export class EveryScriptSearchEngine extends LunrSearchEngine {
  constructor(options: { logger: LoggerService }) {
    super(options);
    const translate = this.translator as LunrQueryTranslator;
    this.setTranslator(query => {
      const { lunrQueryBuilder, ...rest } = translate(query);
      return {
        ...rest,
        lunrQueryBuilder: q => {
          lunrQueryBuilder.call(q, q);
          for (const clause of q.clauses)
            if (clause.editDistance) clause.editDistance = letters(clause.term);
        },
      };
    });
  }

  async getIndexer(type: string): Promise<LunrSearchEngineIndexer> {
    const indexer = await super.getIndexer(type);
    // The tokenizer has already cut at everything that is neither letter nor digit: nothing is left to trim.
    const { builder } = indexer as unknown as { builder: lunr.Builder };
    builder.pipeline.remove(lunr.trimmer);
    return indexer;
  }

  async query(query: SearchQuery): Promise<IndexableResultSet> {
    try {
      return await super.query(query);
    } catch (error) {
      if (!(error instanceof MissingIndexError)) throw error;
      return { results: [], numberOfResults: 0 };
    }
  }
}

/** Type of the search documents of what the hub knows. */
export const SEARCH_TYPE = 'mlops';

/** What a search document of the hub stands for. */
export const SEARCH_KINDS = [
  'problem',
  'dataset',
  'featureView',
  'pipeline',
  'run',
  'model',
  'version',
  'endpoint',
  'alert',
  'page',
] as const;
export type SearchKind = (typeof SEARCH_KINDS)[number];

/**
 * One result of a search in what the hub knows. Every field is text and every document has every field, since an
 * index takes its fields from the first document it sees; what does not apply is ''.
 */
export interface MlopsDocument {
  title: string;
  /** What else is known in words: objective, message of the commit, reason. */
  text: string;
  /** Path of the page. */
  location: string;
  kind: SearchKind;
  /** Name along the loop. */
  name: string;
  /** Entity ref of the owner. */
  owner: string;
  /** A word of one of the closed lists of states. */
  state: string;
  /** Names of columns or features, separated by spaces. */
  columns: string;
  /** Names of metrics, separated by spaces. */
  metrics: string;
  commit: string;
}

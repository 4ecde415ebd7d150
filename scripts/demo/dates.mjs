/** First training with what was known on 15 March 2001; what came later is replayed as live traffic. */
export const TRAIN_UNTIL = '2001-03-15';
export const QUIET = ['2001-03-19', '2001-04-23'];
export const LOUD = ['2001-04-23', '2001-05-08'];
export const CANARY = ['2001-05-08', '2001-05-12'];
/** Fewer rows a week make the drift score of a quiet week noisy. */
export const ROWS_PER_DAY = 3000;
/** Small requests while a canary runs: its tenth of them must be well over the twenty that its error rate needs. */
export const CANARY_ROWS_PER_REQUEST = 20;

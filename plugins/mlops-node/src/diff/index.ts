export { boundDiff, DIFF_LIMITS } from './limits';
export { parseHunks } from './parseHunks';

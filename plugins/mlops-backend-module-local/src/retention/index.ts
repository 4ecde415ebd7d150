export { Pruner } from './Pruner';
export { DEFAULT_RETENTION, type Retention } from './policy';

/** Search for what the hub knows: problems, versions, runs, endpoints, columns, metrics, commits. @packageDocumentation */
export { searchModuleMlops as default } from './module';

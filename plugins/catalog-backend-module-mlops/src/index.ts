/** Machine learning in the catalog: kinds, relations, files of which one document is broken, models without a file. @packageDocumentation */
export { catalogModuleMlops as default } from './module';

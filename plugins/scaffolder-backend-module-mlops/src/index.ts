/** Scaffolder actions that make an ML problem, and take it back. @packageDocumentation */
export { scaffolderModuleMlops as default } from './module';

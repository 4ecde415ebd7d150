export { LocalPipelineEngine } from './LocalPipelineEngine';
export type { LocalPipelineEngineOptions } from './LocalPipelineEngine';

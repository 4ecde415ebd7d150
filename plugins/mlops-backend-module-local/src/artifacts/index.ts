export { LocalArtifactEngine } from './LocalArtifactEngine';
export type { LocalArtifactEngineOptions } from './LocalArtifactEngine';

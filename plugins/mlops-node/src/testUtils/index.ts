export * from './pipelineEngineConformance';
export * from './artifactEngineConformance';
export * from './sourceEngineConformance';

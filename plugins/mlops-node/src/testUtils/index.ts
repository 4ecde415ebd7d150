export * from './pipelineEngineConformance';
export * from './artifactEngineConformance';
export * from './sourceEngineConformance';
export * from './servingEngineConformance';
export * from './metricsEngineConformance';
export * from './fakes';

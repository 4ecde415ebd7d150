export * from './pipelineEngineConformance';

export * from './pipelineEngineConformance';
export * from './artifactEngineConformance';
export * from './sourceEngineConformance';
export * from './servingEngineConformance';
export type {
  ServingEngineSubject,
  ServingFixture,
} from './servingEngineDriver';
export * from './metricsEngineConformance';
export * from './fakes';

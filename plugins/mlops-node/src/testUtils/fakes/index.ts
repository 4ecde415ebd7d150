export * from './FakeEngine';
export * from './FakeSourceEngine';
export * from './FakePipelineEngine';
export * from './FakeArtifactEngine';
export * from './FakeServingEngine';

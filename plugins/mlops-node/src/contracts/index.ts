export * from './engine';
export * from './source';
export * from './pipelines';
export * from './serving';
export * from './artifacts';
export * from './metrics';

export * from './identity';
export * from './marked';

export * from './hubReader';

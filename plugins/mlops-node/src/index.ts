/** Contracts between the hub and the engines it drives. @packageDocumentation */
export * from './contracts';
export * from './diff';
export * from './diskFull';
export * from './extensionPoint';

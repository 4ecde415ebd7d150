/** Contracts between the hub and the engines it drives, and the client for modules of other plugins. @packageDocumentation */
export * from './contracts';
export * from './diff';
export * from './diskFull';
export * from './extensionPoint';
export * from './hubClient';

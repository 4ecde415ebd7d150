/** The vocabulary of the ML portal: states, artefacts, inference, API, permissions, pure rules. @packageDocumentation */
export * from './vocabulary/states';
export * from './vocabulary/inference';
export * from './vocabulary/artifacts';
export * from './api';
export * from './api/openapi';
export * from './permissions';
export * from './api/transport';
export * from './generated/client';
export * from './rules/rollout';
export * from './catalog/kinds';
export * from './rules/metrics';
export * from './rules/templateValues';
export * from './rules/timePlan';
export * from './rules/targetRules';

export { ProblemFactsStore } from './ProblemFacts';
export { problemHandlers } from './handlers';
export type { ProblemPagesDeps, ProblemRouteId } from './handlers';

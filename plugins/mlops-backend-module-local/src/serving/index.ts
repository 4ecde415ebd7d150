export {
  LocalServingEngine,
  type LocalServingEngineOptions,
  type ServingEnvironments,
} from './LocalServingEngine';

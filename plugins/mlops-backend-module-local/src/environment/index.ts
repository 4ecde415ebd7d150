export { PythonEnvironments } from './PythonEnvironments';
export type {
  EnsureOptions,
  EnvironmentRequest,
  PythonEnvironment,
} from './PythonEnvironments';
export { processEnvironment } from './processEnvironment';

export { LocalMetricsEngine } from './LocalMetricsEngine';

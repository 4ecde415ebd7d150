export { useHub } from './useHub';
export type { HubValue, HubOptions } from './useHub';
export { useAct } from './useAct';
export { useQueryState } from './useQueryState';
export { useActor } from './useActor';
export { useNow } from './useNow';
export { useText } from './useText';
export type { MessageKey, Text } from './useText';
export { useFormat, createFormat } from './useFormat';

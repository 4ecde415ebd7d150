import { NotImplementedError } from '@backstage/errors';
import {
  DatasetsSlice,
  LineageSlice,
  MonitoringSlice,
  PipelinesSlice,
  ProblemsSlice,
  RegistrySlice,
  RetrainingSlice,
  ServingSlice,
} from './slices';

/** The slices by name, as they see each other. */
export interface Slices {
  problems: ProblemsSlice;
  pipelines: PipelinesSlice;
  registry: RegistrySlice;
  serving: ServingSlice;
  monitoring: MonitoringSlice;
  retraining: RetrainingSlice;
  lineage: LineageSlice;
  datasets: DatasetsSlice;
}

/**
 * References to the slices from before they are made: they know each other in a circle. A call on one that was not bound is a
 * NotImplementedError naming it.
 */
export function createLinks(): {
  slices: Slices;
  bind<K extends keyof Slices>(name: K, slice: Slices[K]): void;
} {
  const bound = new Map<string, object>();
  const link = (name: string) =>
    new Proxy(
      {},
      {
        get: (_, method) => {
          const slice = bound.get(name);
          if (!slice) {
            return () => {
              throw new NotImplementedError(
                `this hub has no ${name} slice (asked for ${String(method)})`,
              );
            };
          }
          const value = Reflect.get(slice, method);
          return typeof value === 'function' ? value.bind(slice) : value;
        },
      },
    );
  const names = [
    'problems',
    'pipelines',
    'registry',
    'serving',
    'monitoring',
    'retraining',
    'lineage',
    'datasets',
  ] as const;
  return {
    slices: Object.fromEntries(
      names.map(name => [name, link(name)]),
    ) as unknown as Slices,
    bind: (name, slice) => void bound.set(name, slice),
  };
}

import { createExtensionPoint } from '@backstage/backend-plugin-api';
import {
  ArtifactEngine,
  MetricsEngine,
  PipelineEngine,
  ServingEngine,
  SourceEngine,
} from './contracts';

/** The contracts by name. */
export interface EngineContracts {
  source: SourceEngine;
  pipelines: PipelineEngine;
  serving: ServingEngine;
  artifacts: ArtifactEngine;
  metrics: MetricsEngine;
}

export type EngineContract = keyof EngineContracts;

/** Where engines announce themselves; a second engine with the same contract and id is refused at start-up. */
export interface MlopsEnginesExtensionPoint {
  addEngine<C extends EngineContract>(
    contract: C,
    engine: EngineContracts[C],
  ): void;
}

export const mlopsEnginesExtensionPoint =
  createExtensionPoint<MlopsEnginesExtensionPoint>({ id: 'mlops.engines' });

import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  MlopsRoutes,
  RouteId,
  RouteInput,
  RouteOutput,
} from '@mlops-portal/plugin-mlops-common';

/** Who asks, and until when an answer is wanted. */
export interface RequestContext {
  /** Entity ref of the user, 'service:<subject>' for tokens of scripts, 'policy' for acts of the hub itself. */
  actor: string;
  credentials: BackstageCredentials;
  /** Aborts when the caller goes away or the request takes too long. */
  signal: AbortSignal;
}

/** One function for each route: parsed input in, answer out; it throws errors of @backstage/errors. */
export type Handlers = {
  [K in RouteId]: (
    input: RouteInput<MlopsRoutes[K]>,
    context: RequestContext,
  ) => Promise<RouteOutput<MlopsRoutes[K]>>;
};

/** What a slice contributes. */
export type SliceHandlers<K extends RouteId> = Pick<Handlers, K>;

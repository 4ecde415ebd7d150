import {
  MlopsRoutes,
  RouteId,
  RouteOutput,
} from '@mlops-portal/plugin-mlops-common';

export interface FakeRequest {
  params: Record<string, string>;
  query: Record<string, string>;
  body: any;
}
export type Answers = {
  [K in RouteId]?: (request: FakeRequest) => RouteOutput<MlopsRoutes[K]>;
};

/** An answer that is not 2xx; throw it from an answer. */
export class Refusal extends Error {
  constructor(readonly status: number, message: string) {
    super(message);
  }
}

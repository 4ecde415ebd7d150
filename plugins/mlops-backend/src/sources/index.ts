import express, { Request } from 'express';
import { NotFoundError } from '@backstage/errors';
import { TableSource } from '@mlops-portal/plugin-mlops-common';
import { RequestContext, SliceHandlers } from '../router/handlers';
import { EXAMPLES, locate, SourceRules } from './places';
import { planTable } from './plan';
import { profileTable } from './profile';
import { TableOptions, withTable } from './table';
import { createUploadRouter } from './uploads';

export { createUploadRouter } from './uploads';
export type { SourceRules } from './places';

export const DEFAULT_MAX_UPLOAD_BYTES = 512_000_000;

type SourceRoutes = 'listExamples' | 'inspectSource' | 'planProblem';

export interface SourcesParts {
  slice: object;
  handlers: SliceHandlers<SourceRoutes>;
  /** Router of the one route that is not JSON: uploads. */
  uploads(authorize: (request: Request) => Promise<void>): express.Router;
}

/** Reading tables for the form: what is in them, and what would become of them. */
export function createSourcesSlice(rules: SourceRules): SourcesParts {
  const optionsOf = (
    source: TableSource,
    chosen: Record<string, string> | undefined,
    signal: AbortSignal,
  ): TableOptions => ({
    home: rules.home,
    encoding: 'encoding' in source ? source.encoding : undefined,
    chosen,
    signal,
  });
  return {
    slice: {},
    uploads: authorize => createUploadRouter({ rules, authorize }),
    handlers: {
      async listExamples() {
        return {
          examples: EXAMPLES.map(({ id, title, description }) => ({
            id,
            title,
            description,
          })),
          allowedFolders: rules.allowedFolders,
          allowedHosts: rules.allowedHosts,
          maxUploadBytes: rules.maxUploadBytes,
        };
      },
      async inspectSource({ body }, { signal }: RequestContext) {
        const place = await locate(body.source, rules, signal);
        const options = optionsOf(body.source, body.written, signal);
        return withTable(place, options, profileTable);
      },
      async planProblem({ body }, { signal }: RequestContext) {
        try {
          const place = await locate(body.source, rules, signal);
          const options = optionsOf(body.source, body.written, signal);
          return await withTable(place, options, table =>
            planTable(table, body),
          );
        } catch (error) {
          if (!(error instanceof NotFoundError) && !isInputError(error)) {
            throw error;
          }
          const { message } = error as Error;
          return { errors: [{ field: 'source', message }] };
        }
      },
    },
  };
}

function isInputError(error: unknown): boolean {
  return (error as Error)?.name === 'InputError';
}

import {
  AuthService,
  LoggerService,
  PermissionsService,
  RootConfigService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { RouteId } from '@mlops-portal/plugin-mlops-common';
import { Knex } from 'knex';
import { AuditLog } from './audit/AuditLog';
import { EngineRegistry } from './engines/EngineRegistry';
import { SliceHandlers } from './router/handlers';
import { EffectStore } from './jobs/EffectStore';
import { LeaseStore } from './jobs/LeaseStore';
import { Outbox } from './jobs/Outbox';

/** What every slice may use besides the other slices. */
export interface HubContext {
  knex: Knex;
  engines: EngineRegistry;
  audit: AuditLog;
  effects: EffectStore;
  leases: LeaseStore;
  outbox: Outbox;
  config: RootConfigService;
  logger: LoggerService;
  scheduler: SchedulerService;
  auth: AuthService;
  permissions: PermissionsService;
  catalog: CatalogService;
  /** Folder for captured predictions, uploads and whatever the hub keeps as files; exists. */
  home: string;
}

/** What a slice is made of: what the others may ask of it, its routes, and its background work. */
export interface SliceParts<T, K extends RouteId> {
  slice: T;
  handlers: SliceHandlers<K>;
  /** Starts background work; called once every slice is there and the tables are up to date. */
  start?(): void | Promise<void>;
  /** Ends it; resolves when nothing of it runs any more. */
  stop?(): Promise<void>;
}

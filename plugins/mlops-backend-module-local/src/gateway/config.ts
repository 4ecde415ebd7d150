import { join } from 'node:path';
import { z } from 'zod';

const milliseconds = (value: number) =>
  z.number().int().positive().default(value);

/** What the gateway process is started with: a JSON file whose path is its only argument. */
export const gatewayConfigSchema = z.object({
  /** Data folder of the portal; the gateway keeps everything below `<home>/gateway`. */
  home: z.string().min(1),
  port: z.number().int().min(0).max(65535),
  /** Where captured predictions go: `<portalUrl>/api/mlops/serving/events`. */
  portalUrl: z.string().url(),
  /** Python of the serving environment. */
  python: z.string().min(1),
  /** Folder with `portal_runtime.py`. */
  runtimePath: z.string().min(1),
  /** Version of the package that started it; another version replaces it. */
  version: z.string().min(1),
  limits: z
    .object({
      maxBodyBytes: z
        .number()
        .int()
        .positive()
        .default(16 * 1024 * 1024),
      /** Captured predictions kept on disk while the hub does not take them; beyond, the oldest are dropped and counted. */
      maxSpoolBytes: z
        .number()
        .int()
        .positive()
        .default(2 * 1024 ** 3),
      maxBatchEvents: z.number().int().positive().default(500),
      maxBatchBytes: z
        .number()
        .int()
        .positive()
        .default(4 * 1024 * 1024),
    })
    .prefault({}),
  timing: z
    .object({
      /** Longest wait for one answer of one revision. */
      requestTimeoutMs: milliseconds(10_000),
      startTimeoutMs: milliseconds(120_000),
      probeIntervalMs: milliseconds(5_000),
      probeTimeoutMs: milliseconds(3_000),
      /** Probes in a row without an answer after which a revision is restarted. */
      probesBeforeRestart: z.number().int().positive().default(3),
      restartDelayMs: milliseconds(500),
      maxRestartDelayMs: milliseconds(30_000),
      /** Wait before a version is tried again that was read and refused: only another artefact can help. */
      refusedDelayMs: milliseconds(300_000),
      forwardIntervalMs: milliseconds(250),
      maxForwardDelayMs: milliseconds(10_000),
      flushCountersMs: milliseconds(3_000),
      /** Wait before a change of shares that could not be written is tried again. */
      retrySaveMs: milliseconds(5_000),
    })
    .prefault({}),
});
export type GatewayConfig = z.infer<typeof gatewayConfigSchema>;
/** What has to be given; the rest has defaults. */
export type GatewayConfigInput = z.input<typeof gatewayConfigSchema>;

/** Files of the gateway, all below `<home>/gateway`. */
export function gatewayPaths(home: string) {
  const root = join(home, 'gateway');
  return {
    root,
    config: join(root, 'config.json'),
    /** `{ pid, startTicks, bootId, port, version }` of the running gateway. */
    pid: join(root, 'gateway.pid'),
    /** Taken by a portal while it starts a gateway. */
    startLock: join(root, 'start.lock'),
    adminToken: join(root, 'admin-token'),
    hub: join(root, 'hub.json'),
    state: join(root, 'endpoints.json'),
    counters: join(root, 'counters.json'),
    log: join(root, 'gateway.log'),
    minutes: join(root, 'minutes'),
    spool: join(root, 'spool'),
    rejected: join(root, 'rejected.ndjson'),
    revisions: join(root, 'revisions'),
  };
}

import { mkdtempSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { NotFoundError } from '@backstage/errors';
import { mockServices } from '@backstage/backend-test-utils';
import {
  Decision,
  ReferenceProfile,
  Version,
  VersionDetail,
} from '@mlops-portal/plugin-mlops-common';
import { Knex } from 'knex';
import {
  ProblemFacts,
  ProblemsSlice,
  RegistrySlice,
  RetrainingQuestion,
  RetrainingSlice,
  ServingSlice,
} from '../../slices';
import { AuditFact } from '../../audit/AuditLog';
import { LeaseStore } from '../../jobs/LeaseStore';
import { createMonitoringSlice } from '..';

export const context = {
  actor: 'user:default/ada',
  credentials: {} as never,
  signal: new AbortController().signal,
};

export const FACTS: ProblemFacts = {
  name: 'flights',
  title: 'Flights',
  objective: '',
  owner: 'group:default/ml',
  task: 'binary',
  riskClass: 'limited',
  metric: { name: 'roc_auc', target: 0.6 },
  time: 'date',
  retraining: {
    schedule: '',
    when: ['drift', 'quality'],
    coolDownDays: 7,
    neededWindows: 2,
  },
  monitoring: { window: 'week', limit: 0.2, minRows: 200 },
  canary: [10, 100],
  windows: { trainDays: 59, testDays: 14, until: '' },
};

/** The monitoring slice on a real database and real files; the other slices answer what a test sets. */
export function monitoringBench(
  knex: Knex,
  options: { home?: string; now?: string; keepDays?: number } = {},
) {
  const home = options.home ?? mkdtempSync(join(tmpdir(), 'monitoring-'));
  const set = {
    facts: { ...FACTS } as ProblemFacts | undefined,
    champion: 1 as number | undefined,
    profiles: new Map<number, ReferenceProfile>(),
    classes: ['0', '1'],
    now: options.now ?? '2026-11-24T10:00:00.000Z',
    /** Traffic by version; without an entry nobody knows who answers. */
    traffic: new Map<number, number>(),
  };
  const questions: RetrainingQuestion[] = [];
  const audited: AuditFact[] = [];
  const versionOf = (version: number) =>
    ({ version, metrics: { roc_auc: 0.7 } } as unknown as Version);
  const slice = createMonitoringSlice({
    knex,
    home,
    keepDays: options.keepDays,
    leases: new LeaseStore(knex),
    logger: mockServices.logger.mock(),
    audit: { record: async fact => void audited.push(fact) },
    now: () => new Date(set.now),
    problems: {
      facts: async (name: string) => {
        if (set.facts?.name !== name) throw new NotFoundError(name);
        return set.facts;
      },
    } as unknown as ProblemsSlice,
    registry: {
      champion: async () =>
        set.champion === undefined ? undefined : versionOf(set.champion),
      listVersions: async () => [1, 2, 3].map(versionOf),
      getVersion: async (_: string, version: number) =>
        ({
          ...versionOf(version),
          signature: { task: 'binary', classes: set.classes, inputs: [] },
        } as unknown as VersionDetail),
      readArtifact: async (_: string, version: number) => {
        const profile = set.profiles.get(version);
        if (!profile) throw new NotFoundError('profile.json');
        return Buffer.from(JSON.stringify(profile));
      },
    } as unknown as RegistrySlice,
    serving: {
      getEndpoint: async (name: string) => {
        if (!set.facts) throw new NotFoundError(name);
        const shared = [...set.traffic].map(([version, percent]) => ({
          version,
          percent,
          requests: 0,
        }));
        return { revisions: [...shared, { percent: 0, requests: 1000 }] };
      },
      versionOfRevision: async (id: string) =>
        id === 'r9' ? { model: 'flights', version: 9 } : undefined,
    } as unknown as ServingSlice,
    retraining: {
      consider: async (question: RetrainingQuestion) => {
        questions.push(question);
        return { id: `decision-${questions.length}` } as Decision;
      },
    } as unknown as RetrainingSlice,
  });
  return {
    home,
    set,
    questions,
    audited,
    ...slice,
    evaluate: (endpoint = 'flights') =>
      slice.handlers.evaluateMonitoring(
        { params: { endpoint }, query: {}, body: {} },
        context,
      ),
    view: (query: { version?: number; cell?: 'day' | 'week' } = {}) =>
      slice.handlers.getMonitoring(
        { params: { endpoint: 'flights' }, query, body: {} },
        context,
      ),
    label: (labels: Array<{ id: string; label: string | number | boolean }>) =>
      slice.handlers.writeLabels(
        { params: { endpoint: 'flights' }, query: {}, body: { labels } },
        context,
      ),
    alerts: async (state?: 'firing' | 'resolved') =>
      (
        await slice.handlers.listAlerts(
          { params: {}, query: { limit: 50, offset: 0, state }, body: {} },
          context,
        )
      ).items,
  };
}

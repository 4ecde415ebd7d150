import { Answers, FakeRequest } from '../answers';
import * as alerts from './alerts';
import * as approvals from './approvals';
import { repositoryDiff } from './code';
import { datasetAnswers } from './datasets';
import * as platform from './platform';
import * as problems from './problems';
import * as registry from './registry';
import * as runs from './runs';

function pageOf<T>(items: T[], { query }: FakeRequest) {
  const offset = Number(query.offset ?? 0);
  const limit = Number(query.limit ?? 50);
  return { items: items.slice(offset, offset + limit), total: items.length };
}

/** One story in all answers: flight-delay drifts in spring, run 47 retrains it, v6 is a canary that waits for approval. */
export function storyAnswers(): Answers {
  return {
    ...datasetAnswers(),
    getHome: () => problems.home(),
    listProblems: request => pageOf(problems.summaries(), request),
    getProblem: ({ params }) => ({ ...problems.problem(), name: params.name }),
    listEngines: () => ({ items: platform.engines() }),
    recheckEngines: () => ({ items: platform.engines() }),
    listPipelines: request =>
      pageOf(
        ['flight-delay', 'taxi-fare'].map((name, i) => ({
          name,
          engine: 'local',
          latestCommit: runs.COMMIT,
          lastRun: { ...runs.runs()[i], pipeline: name },
          runs: 48 - i * 30,
          paused: i === 1,
        })),
        request,
      ),
    listCiPipelines: request => pageOf(runs.ci(), request),
    getCiLog: () => ({
      text: runs.STEP_LOG,
      nextOffset: runs.STEP_LOG.length,
      complete: true,
    }),
    getRepositoryDiff: ({ query }) => repositoryDiff(query.from, query.to),
    listRuns: request =>
      pageOf(
        runs
          .runs()
          .filter(r => !request.query.state || r.state === request.query.state),
        request,
      ),
    listAllRuns: request => pageOf(runs.runs(), request),
    getRun: ({ params }) => runs.runDetail(params.id),
    getStepLog: ({ query }) => ({
      text: runs.STEP_LOG.slice(Number(query.offset ?? 0)),
      nextOffset: runs.STEP_LOG.length,
      complete: true,
    }),
    startRun: () => runs.runRunning(),
    rerun: () => runs.runRunning(),
    stopRun: ({ params }) => ({
      ...runs.runRunning(),
      id: params.id,
      state: 'stopped',
    }),
    listModels: request => pageOf([registry.model()], request),
    getModel: ({ params }) => registry.model(params.name),
    listVersions: request => pageOf(registry.versions(), request),
    getVersion: ({ params }) => registry.versionDetail(Number(params.version)),
    compareVersions: ({ query }) =>
      registry.comparison(query.versions.split(',').map(Number)),
    getApproval: ({ params }) => ({
      ...approvals.approvals()[0],
      id: params.id,
    }),
    decideApproval: ({ params, body }) => ({
      ...approvals.approvals()[0],
      id: params.id,
      state: body.decision === 'approve' ? 'approved' : 'refused',
    }),
    requestApproval: () => approvals.approvals()[0],
    whoAmI: () => ({
      actor: 'user:default/ben',
      permissions: {
        'mlops.approval.decide': true,
        'mlops.version.change': true,
      },
      onePerson: false,
    }),
    listAudit: request => pageOf(platform.audit(), request),
    listAlerts: request => pageOf(alerts.alerts(), request),
    listApprovals: request => pageOf(approvals.approvals(), request),
  };
}

// Made from the route table by `yarn workspace @mlops-portal/plugin-mlops-common generate`; a test compares. Do not edit.
import { mlopsRoutes, MlopsRoutes } from '../api';
import { RouteOutput } from '../api/route';
import { callRoute, FlatRequest, TransportOptions } from '../api/transport';

type Call = { signal?: AbortSignal };
type Flat<K extends keyof MlopsRoutes> = FlatRequest<MlopsRoutes[K]>;
type Answer<K extends keyof MlopsRoutes> = Promise<RouteOutput<MlopsRoutes[K]>>;

/** Typed client of the hub. Every method rejects with `MlopsApiError`. */
export class MlopsClient {
  constructor(private readonly options: TransportOptions) {}

  /** What needs me?. GET /home, permission mlops.read */
  getHome(call?: Call): Answer<'getHome'> {
    return callRoute(this.options, mlopsRoutes.getHome, {}, call);
  }

  /** Problems, worst first. GET /problems, permission mlops.read */
  listProblems(
    request: Flat<'listProblems'>,
    call?: Call,
  ): Answer<'listProblems'> {
    return callRoute(this.options, mlopsRoutes.listProblems, request, call);
  }

  /** Where does this problem stand? The loop with live state. GET /problems/{name}, permission mlops.read */
  getProblem(request: Flat<'getProblem'>, call?: Call): Answer<'getProblem'> {
    return callRoute(this.options, mlopsRoutes.getProblem, request, call);
  }

  /** Engines: version, capabilities, last contact, breaker. GET /engines, permission mlops.read */
  listEngines(call?: Call): Answer<'listEngines'> {
    return callRoute(this.options, mlopsRoutes.listEngines, {}, call);
  }

  /** Asks every engine now. POST /engines/check, permission mlops.read */
  recheckEngines(
    request: Flat<'recheckEngines'>,
    call?: Call,
  ): Answer<'recheckEngines'> {
    return callRoute(this.options, mlopsRoutes.recheckEngines, request, call);
  }

  /** Who did what, newest first; object, actor and action are parts of their names. GET /audit, permission mlops.audit.read */
  listAudit(request: Flat<'listAudit'>, call?: Call): Answer<'listAudit'> {
    return callRoute(this.options, mlopsRoutes.listAudit, request, call);
  }

  /** Who the portal takes the caller for, and what they may. GET /whoami, permission mlops.read */
  whoAmI(call?: Call): Answer<'whoAmI'> {
    return callRoute(this.options, mlopsRoutes.whoAmI, {}, call);
  }

  /** Example tables that come with the portal, and where tables may come from. GET /sources/examples, permission mlops.read */
  listExamples(call?: Call): Answer<'listExamples'> {
    return callRoute(this.options, mlopsRoutes.listExamples, {}, call);
  }

  /** Reads a table: columns with type, nulls, distribution and samples. POST /sources/inspect, permission mlops.problem.create */
  inspectSource(
    request: Flat<'inspectSource'>,
    call?: Call,
  ): Answer<'inspectSource'> {
    return callRoute(this.options, mlopsRoutes.inspectSource, request, call);
  }

  /** Checks the form against the table and says what would be made, or which field cannot work and why. POST /sources/plan, permission mlops.problem.create */
  planProblem(
    request: Flat<'planProblem'>,
    call?: Call,
  ): Answer<'planProblem'> {
    return callRoute(this.options, mlopsRoutes.planProblem, request, call);
  }

  /** Pipelines with their last run. GET /pipelines, permission mlops.read */
  listPipelines(
    request: Flat<'listPipelines'>,
    call?: Call,
  ): Answer<'listPipelines'> {
    return callRoute(this.options, mlopsRoutes.listPipelines, request, call);
  }

  /** Uploads the compiled pipeline of a commit (KFP v2 YAML); the same commit twice changes nothing. PUT /pipelines/{name}/versions/{commit}, permission mlops.run.start */
  putPipelineVersion(
    request: Flat<'putPipelineVersion'>,
    call?: Call,
  ): Answer<'putPipelineVersion'> {
    return callRoute(
      this.options,
      mlopsRoutes.putPipelineVersion,
      request,
      call,
    );
  }

  /** Starts a run of the compiled pipeline of a commit (default: the newest); the same key gives the same run. POST /pipelines/{name}/runs, permission mlops.run.start */
  startRun(request: Flat<'startRun'>, call?: Call): Answer<'startRun'> {
    return callRoute(this.options, mlopsRoutes.startRun, request, call);
  }

  /** Runs of one pipeline, newest first. GET /pipelines/{name}/runs, permission mlops.read */
  listRuns(request: Flat<'listRuns'>, call?: Call): Answer<'listRuns'> {
    return callRoute(this.options, mlopsRoutes.listRuns, request, call);
  }

  /** Runs of every pipeline, newest first. GET /runs, permission mlops.read */
  listAllRuns(
    request: Flat<'listAllRuns'>,
    call?: Call,
  ): Answer<'listAllRuns'> {
    return callRoute(this.options, mlopsRoutes.listAllRuns, request, call);
  }

  /** One run with steps and trials: the last known state with its age. GET /runs/{id}, permission mlops.read */
  getRun(request: Flat<'getRun'>, call?: Call): Answer<'getRun'> {
    return callRoute(this.options, mlopsRoutes.getRun, request, call);
  }

  /** Stops a run and every process of it. POST /runs/{id}/stop, permission mlops.run.stop */
  stopRun(request: Flat<'stopRun'>, call?: Call): Answer<'stopRun'> {
    return callRoute(this.options, mlopsRoutes.stopRun, request, call);
  }

  /** Starts the same run again; unchanged steps come from the cache unless `cache` is false. POST /runs/{id}/rerun, permission mlops.run.start */
  rerun(request: Flat<'rerun'>, call?: Call): Answer<'rerun'> {
    return callRoute(this.options, mlopsRoutes.rerun, request, call);
  }

  /** Log of a step from a byte offset. GET /runs/{id}/steps/{step}/log, permission mlops.read */
  getStepLog(request: Flat<'getStepLog'>, call?: Call): Answer<'getStepLog'> {
    return callRoute(this.options, mlopsRoutes.getStepLog, request, call);
  }

  /** Repository of a problem. GET /repositories/{name}, permission mlops.read */
  getRepository(
    request: Flat<'getRepository'>,
    call?: Call,
  ): Answer<'getRepository'> {
    return callRoute(this.options, mlopsRoutes.getRepository, request, call);
  }

  /** Makes a repository from files; the same key gives the same repository, a taken name is refused. POST /repositories, permission mlops.problem.create */
  createRepository(
    request: Flat<'createRepository'>,
    call?: Call,
  ): Answer<'createRepository'> {
    return callRoute(this.options, mlopsRoutes.createRepository, request, call);
  }

  /** Takes a half-made problem back: repository with its CI and everything the hub knows; refused once a version is in an endpoint. DELETE /repositories/{name}, permission mlops.problem.create */
  deleteRepository(
    request: Flat<'deleteRepository'>,
    call?: Call,
  ): Answer<'deleteRepository'> {
    return callRoute(this.options, mlopsRoutes.deleteRepository, request, call);
  }

  /** CI of a repository, newest first. GET /repositories/{name}/ci, permission mlops.read */
  listCiPipelines(
    request: Flat<'listCiPipelines'>,
    call?: Call,
  ): Answer<'listCiPipelines'> {
    return callRoute(this.options, mlopsRoutes.listCiPipelines, request, call);
  }

  /** What leads from the files of one commit to those of another: files, lines and the commits between, bounded in size. GET /repositories/{name}/diff, permission mlops.read */
  getRepositoryDiff(
    request: Flat<'getRepositoryDiff'>,
    call?: Call,
  ): Answer<'getRepositoryDiff'> {
    return callRoute(
      this.options,
      mlopsRoutes.getRepositoryDiff,
      request,
      call,
    );
  }

  /** Log of a CI job from a byte offset. GET /repositories/{name}/ci/{ci}/jobs/{job}/log, permission mlops.read */
  getCiLog(request: Flat<'getCiLog'>, call?: Call): Answer<'getCiLog'> {
    return callRoute(this.options, mlopsRoutes.getCiLog, request, call);
  }

  /** Models with their champion and newest version. GET /models, permission mlops.read */
  listModels(request: Flat<'listModels'>, call?: Call): Answer<'listModels'> {
    return callRoute(this.options, mlopsRoutes.listModels, request, call);
  }

  /** One model. GET /models/{name}, permission mlops.read */
  getModel(request: Flat<'getModel'>, call?: Call): Answer<'getModel'> {
    return callRoute(this.options, mlopsRoutes.getModel, request, call);
  }

  /** Versions of a model, newest first. GET /models/{name}/versions, permission mlops.read */
  listVersions(
    request: Flat<'listVersions'>,
    call?: Call,
  ): Answer<'listVersions'> {
    return callRoute(this.options, mlopsRoutes.listVersions, request, call);
  }

  /** One version: the model card. GET /models/{name}/versions/{version}, permission mlops.read */
  getVersion(request: Flat<'getVersion'>, call?: Call): Answer<'getVersion'> {
    return callRoute(this.options, mlopsRoutes.getVersion, request, call);
  }

  /** Versions side by side, differences first. GET /models/{name}/compare, permission mlops.read */
  compareVersions(
    request: Flat<'compareVersions'>,
    call?: Call,
  ): Answer<'compareVersions'> {
    return callRoute(this.options, mlopsRoutes.compareVersions, request, call);
  }

  /** Moves a version to another stage; production is reached only through an endpoint. POST /models/{name}/versions/{version}/stage, permission mlops.version.change */
  setStage(request: Flat<'setStage'>, call?: Call): Answer<'setStage'> {
    return callRoute(this.options, mlopsRoutes.setStage, request, call);
  }

  /** Points an alias at a version; champion follows the endpoint and cannot be set by hand. PUT /models/{name}/aliases/{alias}, permission mlops.version.change */
  setAlias(request: Flat<'setAlias'>, call?: Call): Answer<'setAlias'> {
    return callRoute(this.options, mlopsRoutes.setAlias, request, call);
  }

  /** Asks that a version may take all traffic of an endpoint; a waiting request for the same version is returned as it is. POST /approvals, permission mlops.approval.request */
  requestApproval(
    request: Flat<'requestApproval'>,
    call?: Call,
  ): Answer<'requestApproval'> {
    return callRoute(this.options, mlopsRoutes.requestApproval, request, call);
  }

  /** Approval requests, waiting ones first. GET /approvals, permission mlops.read */
  listApprovals(
    request: Flat<'listApprovals'>,
    call?: Call,
  ): Answer<'listApprovals'> {
    return callRoute(this.options, mlopsRoutes.listApprovals, request, call);
  }

  /** One request with its evidence. GET /approvals/{id}, permission mlops.read */
  getApproval(
    request: Flat<'getApproval'>,
    call?: Call,
  ): Answer<'getApproval'> {
    return callRoute(this.options, mlopsRoutes.getApproval, request, call);
  }

  /** Approves or refuses; the second of two decisions is refused with who decided; approving moves the canary on. POST /approvals/{id}/decision, permission mlops.approval.decide */
  decideApproval(
    request: Flat<'decideApproval'>,
    call?: Call,
  ): Answer<'decideApproval'> {
    return callRoute(this.options, mlopsRoutes.decideApproval, request, call);
  }

  /** Endpoints with traffic and state, worst first. GET /endpoints, permission mlops.read */
  listEndpoints(
    request: Flat<'listEndpoints'>,
    call?: Call,
  ): Answer<'listEndpoints'> {
    return callRoute(this.options, mlopsRoutes.listEndpoints, request, call);
  }

  /** One endpoint: traffic, rollout, changes, sample and snippets. GET /endpoints/{name}, permission mlops.read */
  getEndpoint(
    request: Flat<'getEndpoint'>,
    call?: Call,
  ): Answer<'getEndpoint'> {
    return callRoute(this.options, mlopsRoutes.getEndpoint, request, call);
  }

  /** Starts the rollout of a version: as canary where one is in production, at once where policy lets a first deployment; waits for approval where policy asks for it. POST /endpoints/{name}/deploy, permission mlops.endpoint.change */
  deploy(request: Flat<'deploy'>, call?: Call): Answer<'deploy'> {
    return callRoute(this.options, mlopsRoutes.deploy, request, call);
  }

  /** Moves the rollout to its next step now; refused while approval or a check is missing. POST /endpoints/{name}/promote, permission mlops.endpoint.change */
  promote(request: Flat<'promote'>, call?: Call): Answer<'promote'> {
    return callRoute(this.options, mlopsRoutes.promote, request, call);
  }

  /** All traffic to the version before, at once. POST /endpoints/{name}/rollback, permission mlops.endpoint.change */
  rollback(request: Flat<'rollback'>, call?: Call): Answer<'rollback'> {
    return callRoute(this.options, mlopsRoutes.rollback, request, call);
  }

  /** Stops answering; versions and captured predictions stay. POST /endpoints/{name}/retire, permission mlops.endpoint.change */
  retire(request: Flat<'retire'>, call?: Call): Answer<'retire'> {
    return callRoute(this.options, mlopsRoutes.retire, request, call);
  }

  /** Asks the endpoint from the portal ("Try it"); with `version` that version, not captured. POST /endpoints/{name}/infer, permission mlops.endpoint.infer */
  infer(request: Flat<'infer'>, call?: Call): Answer<'infer'> {
    return callRoute(this.options, mlopsRoutes.infer, request, call);
  }

  /** Requests, errors and latency over time by revision. GET /endpoints/{name}/series, permission mlops.read */
  getEndpointSeries(
    request: Flat<'getEndpointSeries'>,
    call?: Call,
  ): Answer<'getEndpointSeries'> {
    return callRoute(
      this.options,
      mlopsRoutes.getEndpointSeries,
      request,
      call,
    );
  }

  /** Log of a revision from a byte offset. GET /endpoints/{name}/revisions/{revision}/log, permission mlops.read */
  getRevisionLog(
    request: Flat<'getRevisionLog'>,
    call?: Call,
  ): Answer<'getRevisionLog'> {
    return callRoute(this.options, mlopsRoutes.getRevisionLog, request, call);
  }

  /** Takes captured requests and responses; answers only once they are stored; 429 or 503 when full; bad events are named and do not harm the others. POST /serving/events, permission mlops.events.write */
  writePayloadEvents(
    request: Flat<'writePayloadEvents'>,
    call?: Call,
  ): Answer<'writePayloadEvents'> {
    return callRoute(
      this.options,
      mlopsRoutes.writePayloadEvents,
      request,
      call,
    );
  }

  /** Takes labels by prediction id; stored before the answer; ids not seen yet are kept and counted until their prediction arrives. POST /labels/{endpoint}, permission mlops.events.write */
  writeLabels(
    request: Flat<'writeLabels'>,
    call?: Call,
  ): Answer<'writeLabels'> {
    return callRoute(this.options, mlopsRoutes.writeLabels, request, call);
  }

  /** Ids of counted predictions that no label has come for, newest days first: whoever meets their outcomes later, as a pipeline does in its next data window, can tell them. GET /labels/{endpoint}, permission mlops.events.write */
  listUnlabelled(
    request: Flat<'listUnlabelled'>,
    call?: Call,
  ): Answer<'listUnlabelled'> {
    return callRoute(this.options, mlopsRoutes.listUnlabelled, request, call);
  }

  /** Is it still right? Scores, volume, quality by window: as served (each window by the version that answered most of it), or of one version. GET /monitoring/{endpoint}, permission mlops.read */
  getMonitoring(
    request: Flat<'getMonitoring'>,
    call?: Call,
  ): Answer<'getMonitoring'> {
    return callRoute(this.options, mlopsRoutes.getMonitoring, request, call);
  }

  /** One feature in one window: distributions over the frozen cells and trend. GET /monitoring/{endpoint}/features/{feature}, permission mlops.read */
  getFeature(request: Flat<'getFeature'>, call?: Call): Answer<'getFeature'> {
    return callRoute(this.options, mlopsRoutes.getFeature, request, call);
  }

  /** Quality and share of traffic by the cells of a number or the words of a text, in one window: read from the captured predictions when asked, so it takes seconds; refused where the window is too large for that. GET /monitoring/{endpoint}/features/{feature}/segments, permission mlops.read */
  getFeatureSegments(
    request: Flat<'getFeatureSegments'>,
    call?: Call,
  ): Answer<'getFeatureSegments'> {
    return callRoute(
      this.options,
      mlopsRoutes.getFeatureSegments,
      request,
      call,
    );
  }

  /** Scores what has arrived now instead of at the next check; decides on retraining. POST /monitoring/{endpoint}/evaluate, permission mlops.alert.change */
  evaluateMonitoring(
    request: Flat<'evaluateMonitoring'>,
    call?: Call,
  ): Answer<'evaluateMonitoring'> {
    return callRoute(
      this.options,
      mlopsRoutes.evaluateMonitoring,
      request,
      call,
    );
  }

  /** Alerts, firing ones first. GET /alerts, permission mlops.read */
  listAlerts(request: Flat<'listAlerts'>, call?: Call): Answer<'listAlerts'> {
    return callRoute(this.options, mlopsRoutes.listAlerts, request, call);
  }

  /** One alert with the evidence frozen at firing. GET /alerts/{id}, permission mlops.read */
  getAlert(request: Flat<'getAlert'>, call?: Call): Answer<'getAlert'> {
    return callRoute(this.options, mlopsRoutes.getAlert, request, call);
  }

  /** Says that somebody has it. POST /alerts/{id}/acknowledge, permission mlops.alert.change */
  acknowledgeAlert(
    request: Flat<'acknowledgeAlert'>,
    call?: Call,
  ): Answer<'acknowledgeAlert'> {
    return callRoute(this.options, mlopsRoutes.acknowledgeAlert, request, call);
  }

  /** Silences an alert until a time, with a reason. POST /alerts/{id}/mute, permission mlops.alert.change */
  muteAlert(request: Flat<'muteAlert'>, call?: Call): Answer<'muteAlert'> {
    return callRoute(this.options, mlopsRoutes.muteAlert, request, call);
  }

  /** Policy and decisions of a problem. GET /retraining/{problem}, permission mlops.read */
  getRetraining(
    request: Flat<'getRetraining'>,
    call?: Call,
  ): Answer<'getRetraining'> {
    return callRoute(this.options, mlopsRoutes.getRetraining, request, call);
  }

  /** Makes a decision now on a person's word; one active run per model. POST /retraining/{problem}/retrain, permission mlops.retraining.change */
  retrain(request: Flat<'retrain'>, call?: Call): Answer<'retrain'> {
    return callRoute(this.options, mlopsRoutes.retrain, request, call);
  }

  /** Pauses or resumes retraining by policy. POST /retraining/{problem}/pause, permission mlops.retraining.change */
  pauseRetraining(
    request: Flat<'pauseRetraining'>,
    call?: Call,
  ): Answer<'pauseRetraining'> {
    return callRoute(this.options, mlopsRoutes.pauseRetraining, request, call);
  }

  /** Takes an OpenLineage run event (2-0-2); stored before the answer; the same event twice counts once. POST /lineage/events, permission mlops.events.write */
  writeLineageEvent(
    request: Flat<'writeLineageEvent'>,
    call?: Call,
  ): Answer<'writeLineageEvent'> {
    return callRoute(
      this.options,
      mlopsRoutes.writeLineageEvent,
      request,
      call,
    );
  }

  /** Where does it come from, what does it reach? Bounded, as of a date. GET /lineage, permission mlops.read */
  getLineage(request: Flat<'getLineage'>, call?: Call): Answer<'getLineage'> {
    return callRoute(this.options, mlopsRoutes.getLineage, request, call);
  }

  /** Nodes whose name or title holds a text, to start lineage from. GET /lineage/nodes, permission mlops.read */
  findLineageNodes(
    request: Flat<'findLineageNodes'>,
    call?: Call,
  ): Answer<'findLineageNodes'> {
    return callRoute(this.options, mlopsRoutes.findLineageNodes, request, call);
  }

  /** Which version had which share of an endpoint, from when to when, by whom and why; oldest first, the newest 500. GET /lineage/served/{endpoint}, permission mlops.read */
  getServedSpans(
    request: Flat<'getServedSpans'>,
    call?: Call,
  ): Answer<'getServedSpans'> {
    return callRoute(this.options, mlopsRoutes.getServedSpans, request, call);
  }

  /** What answered this request, and why: prediction -> version -> run -> commit, data, approver. {id} is <request id>~<row>. GET /lineage/predictions/{endpoint}/{id}, permission mlops.read */
  tracePrediction(
    request: Flat<'tracePrediction'>,
    call?: Call,
  ): Answer<'tracePrediction'> {
    return callRoute(this.options, mlopsRoutes.tracePrediction, request, call);
  }

  /** Datasets of the catalog and those that runs read without it, stalest first. GET /datasets, permission mlops.read */
  listDatasets(
    request: Flat<'listDatasets'>,
    call?: Call,
  ): Answer<'listDatasets'> {
    return callRoute(this.options, mlopsRoutes.listDatasets, request, call);
  }

  /** One dataset: source, owner, freshness, newest version, who uses it. GET /datasets/{name}, permission mlops.read */
  getDataset(request: Flat<'getDataset'>, call?: Call): Answer<'getDataset'> {
    return callRoute(this.options, mlopsRoutes.getDataset, request, call);
  }

  /** Versions of a dataset as runs read it, newest first. GET /datasets/{name}/versions, permission mlops.read */
  listDatasetVersions(
    request: Flat<'listDatasetVersions'>,
    call?: Call,
  ): Answer<'listDatasetVersions'> {
    return callRoute(
      this.options,
      mlopsRoutes.listDatasetVersions,
      request,
      call,
    );
  }

  /** One version: schema with changes against the one before, profile per column. GET /datasets/{name}/versions/{version}, permission mlops.read */
  getDatasetVersion(
    request: Flat<'getDatasetVersion'>,
    call?: Call,
  ): Answer<'getDatasetVersion'> {
    return callRoute(
      this.options,
      mlopsRoutes.getDatasetVersion,
      request,
      call,
    );
  }

  /** Two versions side by side: schema, nulls, distinct values, range and distribution of each column. GET /datasets/{name}/compare, permission mlops.read */
  compareDatasetVersions(
    request: Flat<'compareDatasetVersions'>,
    call?: Call,
  ): Answer<'compareDatasetVersions'> {
    return callRoute(
      this.options,
      mlopsRoutes.compareDatasetVersions,
      request,
      call,
    );
  }

  /** Feature views of the catalog and those that models take without one, stalest first. GET /feature-views, permission mlops.read */
  listFeatureViews(
    request: Flat<'listFeatureViews'>,
    call?: Call,
  ): Answer<'listFeatureViews'> {
    return callRoute(this.options, mlopsRoutes.listFeatureViews, request, call);
  }

  /** One feature view: features with type, source, importance and distribution, and who takes them. GET /feature-views/{name}, permission mlops.read */
  getFeatureView(
    request: Flat<'getFeatureView'>,
    call?: Call,
  ): Answer<'getFeatureView'> {
    return callRoute(this.options, mlopsRoutes.getFeatureView, request, call);
  }
}

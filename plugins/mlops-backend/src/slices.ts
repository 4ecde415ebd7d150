import {
  Approval,
  Decision,
  Endpoint,
  InferenceRequest,
  RiskClass,
  Run,
  Standing,
  Task,
  Trigger,
  Version,
  VersionDetail,
} from '@mlops-portal/plugin-mlops-common';

/**
 * What the slices of the hub know of each other. A slice implements its interface and gets the others by it; nothing else
 * crosses. Everything here takes the name along the loop: problem, pipeline, model and endpoint share one name.
 */

/** Policy of a problem as its repository states it (problem.yaml), with facts of the catalog. */
export interface ProblemFacts {
  name: string;
  title: string;
  objective: string;
  owner: string;
  task: Task;
  riskClass: RiskClass;
  metric: { name: string; target: number | null };
  /** Name of the time column, null where rows have no time. */
  time: string | null;
  retraining: {
    schedule: string;
    when: string[];
    coolDownDays: number;
    neededWindows: number;
  };
  monitoring: { window: 'day' | 'week'; limit: number; minRows: number };
  canary: number[];
  /** Length of the training window and of the test window in days, null without time; first day after the test window, "" at the end of the data. */
  windows: {
    trainDays: number | null;
    testDays: number | null;
    until: string;
  };
}

export interface ProblemsSlice {
  /** NotFoundError where neither repository nor catalog knows it. */
  facts(name: string): Promise<ProblemFacts>;
  list(): Promise<ProblemFacts[]>;
  /** Takes the text of problem.yaml; an unreadable one is an InputError and changes nothing. */
  putPolicy(name: string, problemYaml: string, commit: string): Promise<void>;
}

export interface StartRunRequest {
  pipeline: string;
  commit?: string;
  trigger: Trigger;
  because?: string;
  parameters: Record<string, string | number | boolean>;
  cache: boolean;
  idempotencyKey: string;
  actor: string;
  decisionId?: string;
}

export interface PipelinesSlice {
  startRun(request: StartRunRequest): Promise<Run>;
  getRun(id: string): Promise<Run>;
  /** Waiting or running; undefined when the pipeline is idle. */
  activeRun(pipeline: string): Promise<Run | undefined>;
  /** Newest first. */
  listRuns(pipeline: string, limit: number): Promise<Run[]>;
  hasPipeline(pipeline: string): Promise<boolean>;
  /** Called by the registry when a run made a version. */
  noteVersion(
    runId: string,
    version: number,
    metric?: { name: string; value: number },
  ): Promise<void>;
}

export interface RegistrySlice {
  getVersion(model: string, version: number): Promise<VersionDetail>;
  listVersions(model: string): Promise<Version[]>;
  /** Names of the models that have a version. */
  modelNames(): Promise<string[]>;
  /** Version with all traffic (alias champion), undefined before the first deployment. */
  champion(model: string): Promise<Version | undefined>;
  /** The newest approval of a version, undefined when nobody asked. */
  approvalOf(model: string, version: number): Promise<Approval | undefined>;
  requestApproval(request: {
    model: string;
    version: number;
    endpoint: string;
    reason: string;
    actor: string;
  }): Promise<Approval>;
  /**
   * Told by serving whenever traffic changes: moves the aliases champion (100 %) and challenger (a canary), the stages, and
   * appends transitions.
   */
  noteTraffic(change: {
    model: string;
    endpoint: string;
    traffic: Array<{ version: number; percent: number; revision?: string }>;
    actor: string;
    reason: string;
    /** What was done at the endpoint: deploy, canary, promote, rollback, auto-rollback, retire. */
    what?: string;
  }): Promise<void>;
  /** Content of a file of the artefact: profile.json, signature.json. */
  readArtifact(model: string, version: number, file: string): Promise<Buffer>;
  /** Runs after a version has become ready or an approval was decided; at least once, after a restart again. */
  onVersionReady(listener: (version: VersionDetail) => Promise<void>): void;
  onApprovalDecided(listener: (approval: Approval) => Promise<void>): void;
}

export interface ServingSlice {
  getEndpoint(name: string): Promise<Endpoint>;
  listEndpoints(): Promise<Endpoint[]>;
  /** Starts the rollout of a version by policy (see the deploy route). */
  deploy(request: {
    endpoint: string;
    version: number;
    reason: string;
    idempotencyKey: string;
    actor: string;
  }): Promise<Endpoint>;
  /** Version that a revision serves, for captured predictions. */
  versionOfRevision(
    revisionId: string,
  ): Promise<{ model: string; version: number } | undefined>;
}

/** Health of one endpoint for lists and the loop. */
export interface MonitoringSummary {
  health: import('@mlops-portal/plugin-mlops-common').Health;
  alerts: number;
  /** Newest quality points of the champion, oldest first. */
  quality: Array<{
    window: string;
    value: number | null;
    low: number | null;
    high: number | null;
    coverage: number | null;
    version: number | null;
    n: number;
  }>;
  /** The feature that drifts most in the newest judged window. */
  worst?: {
    feature: string;
    score: number;
    limit: number;
    noiseFloor: number;
    n: number;
    window: string;
    over: number;
  };
  /** Windows in which versions began to answer: the first, and each that took over. */
  starts: Array<{ version: number; window: string }>;
  /** Verdict, or what it waits for; absent where nothing has been served. */
  standing?: Standing;
  clock: { kind: 'event' | 'wall'; now: string };
}

export interface MonitoringSlice {
  summary(endpoint: string): Promise<MonitoringSummary>;
  /** Stores a batch of CloudEvents; see the route writePayloadEvents. */
  store(events: unknown[]): Promise<{
    stored: number;
    repeated: number;
    refused: Array<{ index: number; id?: string; reason: string }>;
  }>;
  /** One captured prediction with its label, undefined when it is not known. */
  prediction(
    endpoint: string,
    id: string,
  ): Promise<CapturedPrediction | undefined>;
  /** Mean prediction and count per version since a time: the canary's check. */
  recentPredictions(
    endpoint: string,
    since: string,
  ): Promise<Array<{ version: number; n: number; mean: number | null }>>;
}

export interface CapturedPrediction {
  id: string;
  at: string;
  eventTime?: string;
  endpoint: string;
  version: number;
  revision?: string;
  features: Record<string, string | number | null>;
  prediction: string | number | null;
  label: string | number | boolean | null;
}

/** What is to be decided on; the same `key` is decided on once. */
export interface RetrainingQuestion {
  problem: string;
  trigger: 'alert' | 'schedule' | 'person';
  key: string;
  /** Clock of the data. */
  eventTime: string;
  /** First day that is not learnt from any more; empty: as the repository says. */
  until: string;
  actor: string;
  alertId?: string;
  alert?: {
    kind: string;
    subject: string;
    windowsOver: number;
    score: number | null;
    limit: number;
    window: string;
    mutedUntil?: string;
  };
  /** Of a person. */
  reason?: string;
}

export interface RetrainingSlice {
  /** Decides, stores the decision, then starts the run it calls for. */
  consider(question: RetrainingQuestion): Promise<Decision>;
  /** Newest first. */
  decisions(problem: string, limit: number): Promise<Decision[]>;
  paused(problem: string): Promise<boolean>;
}

export interface DatasetsSlice {
  /** Names of the datasets that a model learns from; by the catalog, or by what its pipeline read. */
  ofModel(model: string): Promise<string[]>;
}

export interface LineageSlice {
  /** Appends an edge; the same edge again changes nothing. Times are ISO. */
  addEdge(edge: {
    from: string;
    to: string;
    kind: string;
    validFrom: string;
    facts?: Record<string, unknown>;
  }): Promise<void>;
  /** The edge holds with these facts from a time on; one that was open until then ends. The same move again changes nothing. */
  moveEdge(edge: {
    from: string;
    to: string;
    kind: string;
    validFrom: string;
    facts: Record<string, string | number>;
  }): Promise<void>;
  /** Edges of a kind that leave a node and are open at a time. */
  openEdges(of: {
    from: string;
    kind: string;
    at: string;
  }): Promise<Array<{ to: string; facts: Record<string, unknown> }>>;
  /** Ends an edge that is open. */
  endEdge(edge: {
    from: string;
    to: string;
    kind: string;
    validTo: string;
  }): Promise<void>;
  /** Facts of a node for its side panel. */
  putNode(node: {
    id: string;
    kind: string;
    title: string;
    facts: Record<string, string | number>;
  }): Promise<void>;
}

export type { InferenceRequest };

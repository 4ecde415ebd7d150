import { constants } from 'node:fs';
import { access, mkdir } from 'node:fs/promises';
import { join, resolve as resolvePath } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LoggerService } from '@backstage/backend-plugin-api';
import { InputError, NotFoundError } from '@backstage/errors';
import { isFinal } from '@mlops-portal/plugin-mlops-common';
import {
  CallOptions,
  EngineInfo,
  LogChunk,
  PipelineEngine,
  RunSnapshot,
  StartRun,
} from '@mlops-portal/plugin-mlops-node';
import { PythonEnvironments } from '../environment';
import { checkParameters, checkRunsHere, parseIr } from './irSchema';
import { launch } from './launch';
import { planOf } from './plan';
import { bootId, isAlive, send } from '../processes';
import { endProcessesOf, processesOf } from './runProcesses';
import { RunFolder } from './RunFolder';
import { foldRun, foldSteps, Outcome } from './snapshot';

/** The runner's events come through private functions of this version. */
const KFP_VERSION = '2.17.0';
const DEFAULT_CONCURRENT_RUNS = 2;
const STOP_WAIT_MS = 10_000;
const POLL_MS = 100;

export interface LocalPipelineEngineOptions {
  /** Absolute path of the data folder; runs live in `<home>/runs`. */
  home: string;
  logger: LoggerService;
  environments: PythonEnvironments;
  /** Turns a clone URL into one that needs no server, e.g. the bare folder behind it; called before the run's process starts. */
  resolveClone?: (url: string) => string | Promise<string>;
  /** Runs at work at the same time; later ones wait. Default 2. */
  maxConcurrentRuns?: number;
}

/**
 * Runs compiled pipelines on this machine: a detached supervisor process per run, in which kfp's local runner starts one process
 * per step. All state is in the run's folder, so the portal may end at any moment: the run goes on, and who asks later finds it.
 */
export class LocalPipelineEngine implements PipelineEngine {
  readonly id = 'local';
  readonly title = 'This machine';

  static create(options: LocalPipelineEngineOptions): LocalPipelineEngine {
    return new LocalPipelineEngine({
      ...options,
      home: resolvePath(options.home),
    });
  }

  private constructor(private readonly options: LocalPipelineEngineOptions) {}

  async getInfo(options: CallOptions): Promise<EngineInfo> {
    await this.options.environments.interpreter(options.signal);
    const runs = join(this.options.home, 'runs');
    await mkdir(runs, { recursive: true });
    await access(runs, constants.W_OK);
    return {
      version: `kfp ${KFP_VERSION}, local runner`,
      capabilities: {
        stop: true,
        cache: true,
        stepLogs: true,
        survivesRestart: true,
        maxConcurrentRuns: this.slots,
      },
      links: [],
    };
  }

  async startRun(
    request: StartRun,
    options: CallOptions,
  ): Promise<{ engineRunId: string }> {
    options.signal.throwIfAborted();
    const folder = RunFolder.of(this.options.home, request.runId);
    if (!(await folder.exists())) {
      const ir = parseIr(request.ir);
      checkRunsHere(ir);
      checkParameters(ir, request.parameters);
      checkNames(request);
      const { code } = request;
      const resolve = this.options.resolveClone ?? (url => url);
      await folder.make({
        plan: planOf(ir),
        request: {
          ...request,
          code: { ...code, cloneUrl: await resolve(code.cloneUrl) },
        },
        settings: {
          home: this.options.home,
          slots: this.slots,
          kfp: KFP_VERSION,
          uv: this.options.environments.uvPath,
        },
      });
    }
    await this.ensureStarted(folder, options);
    return { engineRunId: request.runId };
  }

  async getRun(
    engineRunId: string,
    options: CallOptions,
  ): Promise<RunSnapshot> {
    options.signal.throwIfAborted();
    const folder = await this.find(engineRunId);
    const outcome = await this.outcomeOf(folder, options);
    const events = await folder.events();
    const steps = foldSteps(await folder.plan(), events, outcome);
    return foldRun(engineRunId, steps, events, outcome);
  }

  async stopRun(engineRunId: string, options: CallOptions): Promise<void> {
    options.signal.throwIfAborted();
    const folder = await this.find(engineRunId);
    if (await folder.outcome()) {
      return;
    }
    await folder.requestStop();
    const process = await folder.process();
    if (process && isAlive(process)) {
      // The supervisor ends its children, those that have left its session too, and writes the state itself.
      send(process.pid, 'SIGTERM');
      for (const end = Date.now() + STOP_WAIT_MS; Date.now() < end; ) {
        if (!isAlive(process)) {
          break;
        }
        await sleep(POLL_MS, undefined, { signal: options.signal });
      }
    }
    await endProcessesOf(folder.path, options.signal);
    await folder.settle(ended('stopped'));
  }

  async getStepLog(
    at: { engineRunId: string; stepId: string; offset: number },
    options: CallOptions,
  ): Promise<LogChunk> {
    options.signal.throwIfAborted();
    const folder = await this.find(at.engineRunId);
    const outcome = await this.outcomeOf(folder, options);
    const steps = foldSteps(
      await folder.plan(),
      await folder.events(),
      outcome,
    );
    const found = steps.find(({ step }) => step.id === at.stepId);
    if (!found) {
      throw new NotFoundError(
        `Run '${at.engineRunId}' has no step '${at.stepId}'.`,
      );
    }
    return folder.log(found.key, at.offset, isFinal(found.step.state));
  }

  private get slots(): number {
    return this.options.maxConcurrentRuns ?? DEFAULT_CONCURRENT_RUNS;
  }

  private async find(engineRunId: string): Promise<RunFolder> {
    const folder = RunFolder.of(this.options.home, engineRunId);
    if (!(await folder.exists())) {
      throw new NotFoundError(
        `The local pipeline engine knows no run '${engineRunId}': its folder below runs/ in the data folder is gone. Start a new run.`,
      );
    }
    return folder;
  }

  /** Starts the run's process unless it has been started; a second one would find the first one's lock and end. */
  private async ensureStarted(folder: RunFolder, options: CallOptions) {
    if ((await folder.process()) || (await folder.outcome())) {
      return;
    }
    await launch(folder, this.options, options.signal);
  }

  /** How the run ended, found out here if its process is gone without having said so. */
  private async outcomeOf(
    folder: RunFolder,
    options: CallOptions,
  ): Promise<Outcome | undefined> {
    const known = await folder.outcome();
    if (known) {
      return known;
    }
    const process = await folder.process();
    if (!process) {
      return this.pickUp(folder, options);
    }
    if (isAlive(process)) {
      return undefined;
    }
    const late = await folder.outcome(); // written between the two questions
    if (late) {
      return late;
    }
    await endProcessesOf(folder.path, options.signal);
    const restarted = process.bootId !== bootId();
    const reason = restarted
      ? 'The machine was restarted while the run was at work; start the run again.'
      : "The run's process ended without a result: it was killed, or the machine ran out of memory or disk space. Start the run again.";
    return folder.settle(
      (await folder.stopRequested())
        ? ended('stopped')
        : ended('failed', reason),
    );
  }

  /** The portal ended between accepting the run and starting its process. */
  private async pickUp(
    folder: RunFolder,
    options: CallOptions,
  ): Promise<Outcome | undefined> {
    if ((await processesOf(folder.path)).length) {
      return undefined; // it is just about to say who it is
    }
    try {
      await this.ensureStarted(folder, options);
      return undefined;
    } catch (error) {
      options.signal.throwIfAborted();
      this.options.logger.warn(
        `The run in ${folder.path} cannot start: ${error}`,
      );
      return folder.settle(ended('failed', (error as Error).message));
    }
  }
}

function ended(state: Outcome['state'], reason?: string): Outcome {
  return { state, reason, finishedAt: new Date().toISOString() };
}

function checkNames(request: StartRun) {
  if (!/^[\p{L}\p{N}][\p{L}\p{N}._-]{0,127}$/u.test(request.pipeline)) {
    throw new InputError(
      `The pipeline's name '${request.pipeline}' must be letters, digits, '.', '_' and '-', at most 128.`,
    );
  }
  for (const [name, value] of Object.entries(request.environment)) {
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) || value.includes('\0')) {
      throw new InputError(
        `environment: '${name}' is not a variable that a process can have.`,
      );
    }
  }
}

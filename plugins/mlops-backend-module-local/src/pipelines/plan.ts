import { Dag, Ir, Task, TaskInput } from './irSchema';

/** Key of the step that fetches the code and makes the environment. */
export const PREPARE_KEY = '@prepare';

/** Stands for the number of an iteration that is not known before the loop starts. */
const ANY = '*';

/** A step as known before the run; keys are paths through the DAGs, the same that the runner writes. */
export interface PlannedStep {
  key: string;
  id: string;
  name: string;
  /** Ids of steps whose outputs this one takes. */
  dependsOn: string[];
}

export interface Plan {
  steps: PlannedStep[];
}

/** Where a step's inputs come from: ids of steps. */
type Bindings = Record<string, string[]>;

interface Scope {
  dag: Dag;
  path: string[];
  /** Numbers of the iterations around, e.g. "-2". */
  suffix: string;
  bindings: Bindings;
  /** What the DAG as a whole waits for; its first steps inherit that. */
  upstream: string[];
}

/** Ids of steps by task and output; '' is every last step of the task. */
type Producers = Record<string, (output: string) => string[]>;

class Planner {
  readonly steps: PlannedStep[] = [];
  private readonly taken = new Set<string>();

  constructor(private readonly ir: Ir) {}

  /** Returns the id, which is made unique. */
  add(step: PlannedStep): string {
    let id = step.id;
    for (let n = 2; this.taken.has(id); n++) {
      id = `${step.id}.${n}`;
    }
    this.taken.add(id);
    this.steps.push({ ...step, id });
    return id;
  }

  /** Adds the steps of one DAG; answers who makes its outputs. */
  expand(scope: Scope): (output: string) => string[] {
    const producers: Producers = {};
    for (const [name, task] of topological(scope.dag.tasks)) {
      producers[name] = this.expandTask(name, task, scope, producers);
    }
    const consumed = new Set(
      Object.values(scope.dag.tasks).flatMap(task => task.dependentTasks),
    );
    return output => {
      const makers = makersOf(scope.dag, output).flatMap(
        ([task, key]) => producers[task]?.(key) ?? [],
      );
      const last = Object.keys(producers).filter(task => !consumed.has(task));
      return makers.length ? makers : last.flatMap(task => producers[task](''));
    };
  }

  private expandTask(
    name: string,
    task: Task,
    scope: Scope,
    producers: Producers,
  ): (output: string) => string[] {
    const bindings: Bindings = {};
    const inputs = { ...task.inputs.parameters, ...task.inputs.artifacts };
    for (const [key, input] of Object.entries(inputs)) {
      bindings[key] = sourceOf(input, scope.bindings, producers);
    }
    const loop = task.parameterIterator;
    if (loop?.items.inputParameter) {
      bindings[loop.itemInput] = bindings[loop.items.inputParameter] ?? [];
    }
    const bySource = Object.values(inputs).flatMap(producerOf);
    const onlyAfter = task.dependentTasks
      .filter(other => !bySource.includes(other))
      .flatMap(other => producers[other]?.('') ?? []);
    const own = unique([...Object.values(bindings).flat(), ...onlyAfter]);
    const upstream = own.length ? own : scope.upstream;
    const component = this.ir.components[task.componentRef.name];

    if (!component?.dag) {
      const id = this.add({
        key: [...scope.path, name].join('/'),
        id: `${name}${scope.suffix}`,
        name: task.componentRef.name.replace(/^comp-/, ''),
        dependsOn: upstream,
      });
      return () => [id];
    }
    const { dag } = component;
    const answers = iterations(task).map(number =>
      this.expand({
        dag,
        bindings,
        upstream,
        path: [
          ...scope.path,
          number === undefined ? name : `${name}-iteration-${number}`,
        ],
        suffix:
          number === undefined ? scope.suffix : `${scope.suffix}-${number}`,
      }),
    );
    return output => unique(answers.flatMap(answer => answer(output)));
  }
}

/**
 * Unrolls the pipeline's DAG into steps in topological order, with the preparation first.
 *
 * A loop over a list that is written in the pipeline becomes one step per item ("trial-0"); a loop over a list that is only
 * known later stays one step ("trial-*") until its iterations start.
 */
export function planOf(ir: Ir): Plan {
  const planner = new Planner(ir);
  planner.add({
    key: PREPARE_KEY,
    id: 'prepare',
    name: 'prepare',
    dependsOn: [],
  });
  planner.expand({
    dag: ir.root.dag,
    path: [],
    suffix: '',
    bindings: {},
    upstream: ['prepare'],
  });
  return { steps: planner.steps };
}

/** `[undefined]` for a task that is no loop. */
function iterations(task: Task): Array<string | undefined> {
  const raw = task.parameterIterator?.items.raw;
  if (raw !== undefined) {
    const items: unknown = JSON.parse(raw);
    return Array.isArray(items) ? items.map((_, index) => String(index)) : [];
  }
  return task.parameterIterator || task.artifactIterator ? [ANY] : [undefined];
}

function producerOf(input: TaskInput): string[] {
  const output = input.taskOutputArtifact ?? input.taskOutputParameter;
  return output ? [output.producerTask] : [];
}

function sourceOf(
  input: TaskInput,
  bindings: Bindings,
  producers: Producers,
): string[] {
  const { taskOutputArtifact, taskOutputParameter } = input;
  if (taskOutputArtifact) {
    const { producerTask, outputArtifactKey } = taskOutputArtifact;
    return producers[producerTask]?.(outputArtifactKey) ?? [];
  }
  if (taskOutputParameter) {
    const { producerTask, outputParameterKey } = taskOutputParameter;
    return producers[producerTask]?.(outputParameterKey) ?? [];
  }
  const outer = input.componentInputArtifact ?? input.componentInputParameter;
  return (outer && bindings[outer]) || [];
}

/** Tasks inside a DAG, with the key there, that make one of its outputs. */
function makersOf(dag: Dag, output: string): Array<[string, string]> {
  const parameter = dag.outputs.parameters[output];
  const selectors = [
    ...(dag.outputs.artifacts[output]?.artifactSelectors ?? []),
    ...(parameter?.valueFromParameter ? [parameter.valueFromParameter] : []),
    ...(parameter?.valueFromOneof?.parameterSelectors ?? []),
  ];
  return selectors.map(selector => [
    selector.producerSubtask,
    selector.outputParameterKey ?? selector.outputArtifactKey ?? '',
  ]);
}

function topological(tasks: Record<string, Task>): Array<[string, Task]> {
  const sorted: Array<[string, Task]> = [];
  const visited = new Set<string>();
  const visit = (name: string) => {
    if (visited.has(name) || !tasks[name]) {
      return;
    }
    visited.add(name);
    tasks[name].dependentTasks.forEach(visit);
    sorted.push([name, tasks[name]]);
  };
  Object.keys(tasks).forEach(visit);
  return sorted;
}

function unique<T>(values: T[]): T[] {
  return [...new Set(values)];
}

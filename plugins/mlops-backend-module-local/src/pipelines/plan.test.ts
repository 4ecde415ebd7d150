import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { checkParameters, checkRunsHere, parseIr } from './irSchema';
import { planOf } from './plan';

const parameter = (producerTask: string) => ({
  parameters: {
    x: { taskOutputParameter: { producerTask, outputParameterKey: 'Output' } },
  },
});
const outer = (name: string) => ({
  parameters: { x: { componentInputParameter: name } },
});
const task = (component: string, rest: object = {}) => ({
  componentRef: { name: `comp-${component}` },
  ...rest,
});
const python = {
  container: { command: ['sh', '-ec', 'python3 -m kfp.dsl.executor_main'] },
};

/** A pipeline with these tasks; a component is a step unless it is given as a DAG. */
function ir(tasks: object, dags: Record<string, object> = {}, rest = {}) {
  const components: Record<string, object> = {};
  for (const name of ['a', 'b', 'c', 'd']) {
    components[`comp-${name}`] = { executorLabel: `exec-${name}` };
  }
  for (const [name, dag] of Object.entries(dags)) {
    components[`comp-${name}`] = { dag };
  }
  return stringify({
    pipelineInfo: { name: 'made' },
    root: { dag: { tasks } },
    components,
    deploymentSpec: { executors: { 'exec-a': python } },
    ...rest,
  });
}

const graph = (text: string) =>
  planOf(parseIr(text)).steps.map(
    ({ id, dependsOn }) => `${id} <- ${dependsOn.join(' ')}`,
  );

describe('planOf', () => {
  it('unrolls a loop over a written list and connects its iterations', () => {
    const path = join(
      __dirname,
      '__testUtils__',
      'repository',
      'pipeline.yaml',
    );
    const plan = planOf(parseIr(readFileSync(path, 'utf8')));
    expect(plan.steps).toEqual([
      { key: '@prepare', id: 'prepare', name: 'prepare', dependsOn: [] },
      {
        key: 'extract',
        id: 'extract',
        name: 'extract',
        dependsOn: ['prepare'],
      },
      ...[0, 1, 2].map(number => ({
        key: `for-loop-2-iteration-${number}/trial`,
        id: `trial-${number}`,
        name: 'trial',
        dependsOn: ['extract'],
      })),
      {
        key: 'train',
        id: 'train',
        name: 'train',
        dependsOn: expect.arrayContaining(['extract', 'trial-0', 'trial-2']),
      },
      { key: 'report', id: 'report', name: 'report', dependsOn: ['train'] },
    ]);
  });

  it('puts a step after those it waits for, whatever the order in the file', () => {
    expect(
      graph(
        ir({
          b: task('b', { dependentTasks: ['a'], inputs: parameter('a') }),
          a: task('a'),
          c: task('c', { dependentTasks: ['b'] }),
        }),
      ),
    ).toEqual([...['prepare <- ', 'a <- prepare', 'b <- a', 'c <- b']]);
  });

  it('keeps a loop over a list that is not known yet as one step', () => {
    const text = ir(
      {
        a: task('a'),
        loop: task('loop', {
          dependentTasks: ['a'],
          inputs: parameter('a'),
          parameterIterator: {
            itemInput: 'item',
            items: { inputParameter: 'x' },
          },
        }),
        c: task('c', { dependentTasks: ['loop'] }),
      },
      { loop: { tasks: { b: task('b', { inputs: outer('item') }) } } },
    );
    expect(graph(text).slice(2)).toEqual(['b-* <- a', 'c <- b-*']);
    const keys = planOf(parseIr(text)).steps.map(({ key }) => key);
    expect(keys).toContain('loop-iteration-*/b');
  });

  it('numbers the steps of loops in loops by all their iterations', () => {
    const raw = (items: string) => ({
      parameterIterator: { itemInput: 'item', items: { raw: items } },
    });
    const steps = graph(
      ir(
        { loop: task('loop', raw('[1, 2]')) },
        {
          loop: { tasks: { inner: task('inner', raw('["x", "y"]')) } },
          inner: { tasks: { a: task('a') } },
        },
      ),
    );
    expect(steps.slice(1)).toEqual([
      ...['a-0-0', 'a-0-1', 'a-1-0', 'a-1-1'].map(id => `${id} <- prepare`),
    ]);
  });

  it('connects through a condition to the step that decides', () => {
    const steps = graph(
      ir(
        {
          a: task('a'),
          'condition-1': task('condition-1', {
            dependentTasks: ['a'],
            inputs: parameter('a'),
            triggerPolicy: { condition: 'true' },
          }),
        },
        { 'condition-1': { tasks: { b: task('b') } } },
      ),
    );
    expect(steps.slice(2)).toEqual(['b <- a']);
  });

  it('gives a step called prepare, and the same step in two pipelines, ids of their own', () => {
    const sub = { tasks: { a: task('a') } };
    const steps = graph(
      ir(
        { prepare: task('d'), one: task('one'), two: task('two') },
        { one: sub, two: sub },
      ),
    );
    expect(steps.map(line => line.split(' ')[0])).toEqual([
      ...['prepare', 'prepare.2', 'a', 'a.2'],
    ]);
  });
});

describe('parseIr', () => {
  it('names what is wrong with the text', () => {
    expect(() => parseIr('')).toThrow('is not YAML: it is empty');
    expect(() => parseIr('a: [')).toThrow('is not YAML');
    expect(() => parseIr('pipelineInfo: {name: x}')).toThrow(
      "is not KFP v2: field 'root'",
    );
  });

  it('reads the first document of a file with a platform part', () => {
    const text = `${ir({ a: task('a') })}---\nplatforms: {}\n`;
    expect(parseIr(text).pipelineInfo.name).toBe('made');
  });
});

describe('checkParameters', () => {
  const pipeline = parseIr(
    ir(
      { a: task('a') },
      {},
      {
        root: {
          dag: { tasks: { a: task('a') } },
          inputDefinitions: {
            parameters: {
              rows: { parameterType: 'NUMBER_INTEGER' },
              mode: { parameterType: 'STRING', defaultValue: '' },
            },
          },
        },
      },
    ),
  );

  it.each<[Record<string, string | number>, string]>([
    [{ rows: 1, colour: 'red' }, "no parameter 'colour'; it has rows, mode"],
    [{ rows: '1' }, "Parameter 'rows' of the pipeline 'made' must be a number"],
    [{ mode: 'x' }, "needs a value for its parameter 'rows'"],
  ])('refuses %j', (given, reason) => {
    expect(() => checkParameters(pipeline, given)).toThrow(reason);
  });

  it('takes what fits', () => {
    expect(() => checkParameters(pipeline, { rows: 1 })).not.toThrow();
  });
});

describe('checkRunsHere', () => {
  it.each([
    [['cowsay', 'hello']],
    [['python3', '-m', 'kfp.dsl.executor_main']],
  ])('refuses the command %j of an image', command => {
    const executors = { 'exec-a': { container: { command } } };
    const text = ir({ a: task('a') }, {}, { deploymentSpec: { executors } });
    expect(() => checkRunsHere(parseIr(text))).toThrow(
      "Step 'a' runs a container image's own command",
    );
  });
});

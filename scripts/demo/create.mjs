import { Failure } from '../portal/terminal.mjs';

/** What somebody would fill in for the flights table. */
export function flightsForm(name, trainUntil) {
  return {
    name,
    title: 'Will this flight be late?',
    objective:
      'Say before departure whether a flight leaves more than 15 minutes late',
    owner: 'group:default/ml',
    source: { kind: 'example', example: 'flights' },
    target: 'delay',
    positive: '> 15',
    time: 'date',
    entity: ['origin'],
    exclude: [],
    metric: { name: 'roc_auc', target: 0.68 },
    risk: 'limited',
    retraining: {
      schedule: '',
      when: ['drift', 'quality'],
      coolDownDays: 7,
      neededWindows: 2,
    },
    trainUntil,
  };
}

/** Creates the problem through the scaffolder, as the form does, and waits until every step is done. */
export async function createProblem({ api, tell, name, trainUntil }) {
  return tell.step(
    'Create the problem',
    async detail => {
      const { id } = await api.post('scaffolder/v2/tasks', {
        templateRef: 'template:default/new-ml-problem',
        values: flightsForm(name, trainUntil),
        secrets: {},
      });
      const task = await api.until(
        `task ${id}`,
        () => api.get(`scaffolder/v2/tasks/${id}`),
        seen => {
          detail(seen.status ?? '');
          return (
            ['completed', 'failed', 'cancelled'].includes(seen.status) && seen
          );
        },
        240,
      );
      if (task.status !== 'completed') {
        const events = await api.get(`scaffolder/v2/tasks/${id}/events`);
        throw new Failure(
          `creating ${name} ${task.status}: ${events
            .filter(e => /error|fail/i.test(JSON.stringify(e.body)))
            .map(e => e.body.message)
            .slice(-3)
            .join(' | ')}`,
        );
      }
      return id;
    },
    () => `${tell.link(`/catalog/default/mlproblem/${name}`)}`,
  );
}

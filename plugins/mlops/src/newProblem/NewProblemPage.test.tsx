import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { flightsPlan, flightsTable } from './__testUtils__/tables';
import { renderNew, taskStream } from './__testUtils__/renderNew';
import { Refusal } from '../testUtils/fakeHub';

jest.setTimeout(120_000);

const create = () => screen.getByRole('button', { name: 'Create problem' });

async function chooseExample() {
  await userEvent.click(
    await screen.findByRole('button', { name: /US flights/ }),
  );
  await screen.findByText(/3,000,000 rows, 5 columns/);
}

async function chooseRole(column: string, role: string) {
  await userEvent.click(
    screen.getByRole('button', { name: new RegExp(`Role of ${column}`) }),
  );
  await userEvent.click(await screen.findByRole('option', { name: role }));
}

const row = (column: string) =>
  screen
    .getByRole('rowheader', { name: new RegExp(`^${column}`) })
    .closest('tr')!;

describe('the page New problem', () => {
  it('finds nothing wrong with a form that nobody has touched', async () => {
    renderNew();
    expect(
      await screen.findByText(/Choose a table: it is read at once/),
    ).toBeInTheDocument();
    expect(screen.queryByText(/to fix/)).toBeNull();
    expect(create()).toBeDisabled();
  });

  it('offers the example with one click and shows that it is chosen', async () => {
    renderNew();
    const example = await screen.findByRole('button', { name: /US flights/ });
    expect(example).toHaveTextContent('January to June 2001');
    expect(example).toHaveAttribute('aria-pressed', 'false');
    await chooseExample();
    expect(screen.getByRole('button', { name: /US flights/ })).toHaveAttribute(
      'aria-pressed',
      'true',
    );
  });

  it('counts a wrong name as an error, an empty title as still to fill', async () => {
    renderNew();
    await chooseExample();
    expect(screen.getByText(/Problem: 1 field to fill/)).toBeInTheDocument();
    const name = screen.getByRole('textbox', { name: /^Name/ });
    await userEvent.clear(name);
    await userEvent.type(name, 'Not A Name');
    expect(
      await screen.findByText(/Problem: 2 fields to fix/),
    ).toBeInTheDocument();
  });

  it('reads the chosen table at once and suggests every role', async () => {
    const { hub } = renderNew();
    await chooseExample();

    expect(
      hub.calls.find(c => c.route === 'inspectSource')?.request.body,
    ).toEqual({ source: { kind: 'example', example: 'flights' } });
    expect(within(row('delay')).getByRole('button')).toHaveTextContent(
      'Target',
    );
    expect(within(row('date')).getByRole('button')).toHaveTextContent('Time');
    expect(within(row('origin')).getByRole('button')).toHaveTextContent(
      'Entity',
    );
    expect(row('delay')).toHaveTextContent(/-3 · 14 · 62/);
    expect(row('destination')).toHaveTextContent(
      'Not an input: holds no single values',
    );
    expect(
      await screen.findByText(
        /21.8% of rows are positive: 654,000 of 3,000,000/,
      ),
    ).toBeInTheDocument();
  });

  it('creates the problem once nothing is left to fix, and goes to its progress', async () => {
    const scaffold = jest.fn(async (_: unknown) => ({ taskId: 'task-7' }));
    const getTask = jest.fn(() => new Promise<never>(() => {}));
    renderNew({
      scaffolder: { scaffold, getTask, ...taskStream([]) },
    });
    await chooseExample();
    expect(create()).toBeDisabled();
    expect(screen.getByText(/1 field to fill:/)).toBeInTheDocument();

    await userEvent.type(
      screen.getByRole('textbox', { name: /Question that it answers/ }),
      'Will it be late?',
    );
    await waitFor(() => expect(create()).toBeEnabled(), { timeout: 10_000 });
    await userEvent.click(create());

    await waitFor(() => expect(scaffold).toHaveBeenCalledTimes(1));
    expect(scaffold.mock.calls[0][0]).toMatchObject({
      templateRef: 'template:default/new-ml-problem',
      values: {
        name: 'flights-delay',
        title: 'Will it be late?',
        owner: 'group:default/ml',
        source: { kind: 'example', example: 'flights' },
        target: 'delay',
        positive: '> 15',
        time: 'date',
        entity: ['origin'],
        risk: 'limited',
        trainUntil: '2001-03-15',
      },
    });
    await waitFor(() => expect(getTask).toHaveBeenCalledWith('task-7'));
  });

  it('shows what the hub refuses under the row it is about, and counts it', async () => {
    renderNew({
      answers: {
        planProblem: () => ({
          errors: [
            { field: 'entity', message: "'origin' does not name anything" },
          ],
        }),
      },
    });
    await chooseExample();

    const alert = await screen.findByText("'origin' does not name anything");
    expect(alert.closest('tr')!.previousElementSibling).toBe(row('origin'));
    expect(screen.getByText(/Columns: 1 field to fix/)).toBeInTheDocument();
    expect(create()).toBeDisabled();

    await userEvent.click(screen.getByRole('button', { name: 'Entity' }));
    expect(within(row('origin')).getByRole('button')).toHaveFocus();
  });

  it('asks the hub again when a role or the rule changes', async () => {
    const { hub } = renderNew();
    await chooseExample();
    await chooseRole('distance', 'Entity');
    const rule = screen.getByLabelText('Positive when delay is');
    await userEvent.clear(rule);
    await userEvent.type(rule, '60');

    await waitFor(() =>
      expect(
        hub.calls.filter(c => c.route === 'planProblem').pop()?.request.body,
      ).toMatchObject({ entity: ['distance', 'origin'], positive: '> 60' }),
    );
  });

  it('takes a target for the suggested metric, and keeps that metric with it', async () => {
    const { hub } = renderNew();
    await chooseExample();
    const target = screen.getByRole('textbox', { name: /Good enough from/ });
    await waitFor(() => expect(target).toBeEnabled());
    await userEvent.type(target, '0.7{Tab}');

    await waitFor(() =>
      expect(
        hub.calls.filter(c => c.route === 'planProblem').pop()?.request.body,
      ).toMatchObject({ metric: { name: 'roc_auc', target: 0.7 } }),
    );
  });

  it('waits with the target until a metric is known', async () => {
    renderNew({
      answers: { planProblem: () => new Promise<never>(() => {}) as never },
    });
    await chooseExample();
    expect(
      screen.getByRole('textbox', { name: /Good enough from/ }),
    ).toBeDisabled();
  });

  it('refuses a name that is taken', async () => {
    renderNew({
      answers: {
        getRepository: () => ({
          name: 'flights-delay',
          engine: 'local',
          cloneUrl: 'http://git/flights-delay.git',
          defaultBranch: 'main',
          headCommit: 'a'.repeat(40),
        }),
      },
    });
    await chooseExample();

    expect(
      await screen.findByText('This name is taken.', {}, { timeout: 5000 }),
    ).toBeInTheDocument();
    expect(create()).toBeDisabled();
  });

  it('names a table that cannot be read, and keeps the form', async () => {
    renderNew({
      answers: {
        inspectSource: () => {
          throw new Refusal(400, '/data/none.csv does not exist');
        },
      },
    });
    await userEvent.click(await screen.findByRole('radio', { name: 'File' }));
    await userEvent.type(
      screen.getByRole('textbox', { name: /Path on the machine/ }),
      '/data/none.csv{Enter}',
    );

    expect(
      await screen.findByText('/data/none.csv does not exist'),
    ).toBeInTheDocument();
    expect(screen.getByDisplayValue('/data/none.csv')).toBeInTheDocument();
  });

  it('keeps what was typed as a draft', async () => {
    const first = renderNew();
    await chooseExample();
    await chooseRole('origin', 'Left out');
    await userEvent.type(
      screen.getByRole('textbox', { name: /What the answer is for/ }),
      'plan B',
    );
    await waitFor(() =>
      expect(
        first.storage.forBucket('mlops').snapshot('newProblemDraft').value,
      ).toMatchObject({ objective: 'plan B', roles: { origin: 'excluded' } }),
    );
    first.unmount();

    renderNew({ storage: first.storage });
    expect(await screen.findByDisplayValue('plan B')).toBeInTheDocument();
    expect(within(row('origin')).getByRole('button')).toHaveTextContent(
      'Left out',
    );
  });

  it('says when creating fails and keeps the form', async () => {
    renderNew({
      scaffolder: {
        scaffold: async () => {
          throw new Error('the scaffolder is down');
        },
      },
    });
    await chooseExample();
    await userEvent.type(
      screen.getByRole('textbox', { name: /Question/ }),
      'Will it be late?',
    );
    await waitFor(() => expect(create()).toBeEnabled(), { timeout: 10_000 });
    await userEvent.click(create());

    expect(
      await screen.findByText('the scaffolder is down'),
    ).toBeInTheDocument();
    expect(screen.getByDisplayValue('Will it be late?')).toBeInTheDocument();
  });

  it('predicts the number itself where no rule is wanted', async () => {
    const table = flightsTable();
    delete table.suggested.positive;
    const plan = flightsPlan();
    const { hub } = renderNew({
      answers: {
        inspectSource: () => table,
        planProblem: () => ({ ...plan, task: 'regression' }),
      },
    });
    await chooseExample();

    expect(screen.getByText('The value of delay itself.')).toBeInTheDocument();
    await waitFor(() =>
      expect(
        hub.calls.find(c => c.route === 'planProblem')?.request.body.positive,
      ).toBeUndefined(),
    );
  });
});

import '@testing-library/jest-dom';
import { screen, within, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderPage } from '../testUtils/render';
import { Refusal } from '../testUtils/fakeHub';
import { problem } from '../testUtils/story/problems';
import { ProblemPage } from './ProblemPage';

jest.setTimeout(60_000);
const at = {
  path: '/ml/problems/flight-delay',
  mountPath: '/ml/problems/:name',
};
const find = { timeout: 15_000 };

describe('ProblemPage', () => {
  it('draws the six stations in order with state, figure and link', async () => {
    renderPage(<ProblemPage />, at);
    const card = await screen.findByRole(
      'region',
      { name: 'Where it stands' },
      find,
    );
    const stations = within(within(card).getByRole('list')).getAllByRole(
      'listitem',
    );
    const order = [
      'Data',
      'Features',
      'Pipeline',
      'Version',
      'Endpoint',
      'Monitoring',
    ];
    expect(stations).toHaveLength(order.length);
    order.forEach((word, i) =>
      expect(within(stations[i]).getByText(word)).toBeInTheDocument(),
    );
    expect(stations[2]).toHaveTextContent('4 min 12 s');
    expect(stations[2]).toHaveTextContent('run #47, by alert');
    expect(within(stations[5]).getByRole('link')).toHaveAttribute(
      'href',
      '/ml/endpoints/flight-delay/monitoring',
    );
    expect(within(stations[5]).getByText('Drift')).toBeInTheDocument();
  });

  it('says why the loop went back and links the run', async () => {
    renderPage(<ProblemPage />, at);
    expect(
      await screen.findByText('Retraining started', {}, find),
    ).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Run #47' })).toHaveAttribute(
      'href',
      '/ml/runs/run-47',
    );
  });

  it('replaces the plot by its numbers and keeps that in the URL', async () => {
    renderPage(<ProblemPage />, at);
    const card = await screen.findByRole(
      'region',
      { name: 'AUC in production' },
      find,
    );
    await userEvent.click(within(card).getByRole('button', { name: 'Table' }));
    expect(
      await within(card).findByRole('rowheader', { name: '15 Jan 2001' }),
    ).toBeInTheDocument();
    expect(within(card).getAllByText('no labels yet').length).toBeGreaterThan(
      0,
    );
  });

  it('pauses retraining only with a reason', async () => {
    const { hub } = renderPage(<ProblemPage />, {
      ...at,
      answers: {
        pauseRetraining: () => ({
          problem: 'flight-delay',
          policy: {
            schedule: '',
            when: [],
            coolDownDays: 7,
            neededWindows: 2,
            limit: 0.2,
            window: 'week',
            minRows: 100,
            canary: [10, 100],
          },
          paused: true,
          decisions: [],
        }),
      },
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Pause retraining…' }, find),
    );
    const dialog = await screen.findByRole('dialog');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Pause retraining' }),
    );
    expect(
      within(dialog).getByText('Say why in at least three letters.'),
    ).toBeInTheDocument();
    expect(hub.calls.some(c => c.route === 'pauseRetraining')).toBe(false);
    await userEvent.type(within(dialog).getByRole('textbox'), 'holiday freeze');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Pause retraining' }),
    );
    await waitFor(() =>
      expect(
        hub.calls.find(c => c.route === 'pauseRetraining')?.request.body,
      ).toEqual({ paused: true, reason: 'holiday freeze' }),
    );
  });

  it('marks stations that are not reached and says what makes them', async () => {
    const young = problem();
    young.loop = young.loop.map((s, i) =>
      i < 3
        ? s
        : {
            ...s,
            state: 'not-reached',
            figure: undefined,
            facts: [],
            at: undefined,
          },
    );
    young.returnEdge = undefined;
    young.metricSeries = [];
    renderPage(<ProblemPage />, {
      ...at,
      answers: { getProblem: () => young },
    });
    expect(
      await screen.findByText(
        'Deploying a version makes the endpoint.',
        {},
        find,
      ),
    ).toBeInTheDocument();
    expect(screen.getByText('No quality yet')).toBeInTheDocument();
  });

  it('names the object and the next step when the hub does not know it', async () => {
    renderPage(<ProblemPage />, {
      ...at,
      answers: {
        getProblem: () => {
          throw new Refusal(404, 'no problem flight-delay');
        },
      },
    });
    const notice = await screen.findByRole('alert', {}, find);
    expect(notice).toHaveTextContent(
      'Problem flight-delay could not be loaded',
    );
    expect(notice).toHaveTextContent('no problem flight-delay');
    expect(
      within(notice).getByRole('link', { name: 'Search for it' }),
    ).toHaveAttribute('href', '/search?query=Problem%20flight-delay');
  });
});

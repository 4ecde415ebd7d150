import '@testing-library/jest-dom';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderPage } from '../testUtils/render';
import { RunPage } from './RunPage';

jest.setTimeout(60_000);
const at = (id: string, query = '?steps=table') => ({
  path: `/ml/runs/${id}${query}`,
  mountPath: '/ml/runs/:id',
});
const find = { timeout: 15_000 };

describe('RunPage', () => {
  it('says how long it took, what is usual, and which version it made', async () => {
    renderPage(<RunPage />, at('run-47'));
    expect(
      await screen.findByRole('heading', { name: 'Run #47' }, find),
    ).toBeInTheDocument();
    expect(
      screen.getByText('usually 4 min 5 s, median of 20'),
    ).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'v6' })).toHaveAttribute(
      'href',
      '/ml/models/flight-delay/versions/6',
    );
  });

  it('opens with the failed step and its reason', async () => {
    renderPage(<RunPage />, at('run-46'));
    const card = await screen.findByRole(
      'region',
      { name: 'read_flights' },
      find,
    );
    expect(within(card).getByText('Failed')).toBeInTheDocument();
    expect(screen.getByText(/^Failed: step read_flights/)).toBeInTheDocument();
  });

  it('shows the log of the step that is chosen, and keeps the choice in the URL', async () => {
    const { hub } = renderPage(<RunPage />, at('run-47'));
    await userEvent.click(
      await screen.findByRole('button', { name: /tune$/ }, find),
    );
    const card = await screen.findByRole('region', { name: 'tune' });
    expect(
      await within(card).findByText(/24 trials done/, {}, find),
    ).toBeInTheDocument();
    expect(
      hub.calls
        .filter(c => c.route === 'getStepLog')
        .map(c => c.request.params.step),
    ).toContain('tune');
  });

  it('leads to the comparison with the run that succeeded before', async () => {
    renderPage(<RunPage />, at('run-47'));
    expect(
      await screen.findByRole('link', { name: 'Compare with #45' }, find),
    ).toHaveAttribute(
      'href',
      '/ml/pipelines/flight-delay/compare?runs=run-45,run-47',
    );
  });

  it('lists trials best first with the best marked', async () => {
    renderPage(<RunPage />, at('run-47'));
    const table = await screen.findByRole(
      'region',
      { name: 'Trials in a table, best first' },
      find,
    );
    const rows = within(table).getAllByRole('row').slice(1);
    expect(rows).toHaveLength(24);
    expect(rows[0]).toHaveTextContent('18 best');
    expect(rows[0]).toHaveTextContent('0.7214');
  });

  it('stops a running run after a reason', async () => {
    const { hub } = renderPage(<RunPage />, at('run-48'));
    await userEvent.click(
      await screen.findByRole('button', { name: 'Stop…' }, find),
    );
    const dialog = await screen.findByRole('dialog');
    await userEvent.type(within(dialog).getByRole('textbox'), 'wrong grid');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Stop' }));
    await waitFor(() =>
      expect(hub.calls.find(c => c.route === 'stopRun')?.request).toMatchObject(
        { params: { id: 'run-48' }, body: { reason: 'wrong grid' } },
      ),
    );
  });

  it('offers no rerun while the run goes on', async () => {
    renderPage(<RunPage />, at('run-48'));
    await screen.findByRole('button', { name: 'Stop…' }, find);
    expect(
      screen.queryByRole('button', { name: 'Rerun' }),
    ).not.toBeInTheDocument();
  });
});

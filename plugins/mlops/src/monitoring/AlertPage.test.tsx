import '@testing-library/jest-dom';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderPage } from '../testUtils/render';
import { monitoringAnswers } from '../testUtils/story/monitoring';
import { AlertPage, cellsOf } from './AlertPage';
import { AlertsPage } from './AlertsPage';

jest.setTimeout(60_000);
const find = { timeout: 15_000 };
const open = (id: string) =>
  renderPage(<AlertPage />, {
    path: `/ml/alerts/${id}`,
    mountPath: '/ml/alerts/:id',
    answers: monitoringAnswers(),
  });

describe('AlertPage', () => {
  it('shows the evidence as frozen at firing, then the decision and what followed', async () => {
    open('alert-1');
    const evidence = await screen.findByRole(
      'region',
      { name: 'Evidence, frozen when it fired' },
      find,
    );
    expect(evidence).toHaveTextContent('115,842');
    expect(within(evidence).getByText('≤ −5')).toBeInTheDocument();
    const followed = screen.getByRole('region', {
      name: 'What we did, and what followed',
    });
    expect(
      await within(followed).findByRole('link', { name: 'run #47' }, find),
    ).toHaveAttribute('href', '/ml/runs/run-47');
    expect(followed).toHaveTextContent('summer timetable');
  });

  it('mutes until a day after today, with a reason', async () => {
    const { hub } = open('alert-2');
    await userEvent.click(
      await screen.findByRole('button', { name: 'Mute…' }, find),
    );
    const dialog = await screen.findByRole('dialog');
    const day = within(dialog).getByLabelText(/^Until/);
    fireEvent.change(day, { target: { value: '2001-01-01' } });
    expect(dialog).toHaveTextContent('Choose a day after today.');
    await userEvent.type(within(dialog).getByRole('textbox'), 'known');
    const confirm = within(dialog).getByRole('button', { name: 'Mute' });
    await userEvent.click(confirm);
    expect(hub.calls.some(c => c.route === 'muteAlert')).toBe(false);
    fireEvent.change(day, { target: { value: '2099-01-01' } });
    await userEvent.click(confirm);
    await waitFor(() =>
      expect(
        hub.calls.find(c => c.route === 'muteAlert')?.request.body.reason,
      ).toBe('known'),
    );
  });

  it('leads to monitoring at the feature and window that fired', async () => {
    open('alert-1');
    expect(
      await screen.findByRole('link', { name: 'Open monitoring' }, find),
    ).toHaveAttribute(
      'href',
      '/ml/endpoints/flight-delay/monitoring?version=4&feature=prev_delay_origin&window=2001-05-07',
    );
  });
});

describe('cellsOf', () => {
  it('turns counts into shares and adds up to the score', () => {
    const cells = cellsOf(
      { labels: ['a', 'b'], reference: [50, 50], current: [75, 25] },
      true,
    );
    expect(cells.map(c => c.current)).toEqual([0.75, 0.25]);
    expect(
      cells.reduce((sum, c) => sum + (c.contribution ?? 0), 0),
    ).toBeCloseTo(0.2747, 3);
  });
});

describe('AlertsPage', () => {
  it('lists alerts with evidence and who has them', async () => {
    renderPage(<AlertsPage />, { path: '/ml/alerts', mountPath: '/ml/alerts' });
    const row = await screen.findByRole(
      'row',
      { name: /prev_delay_origin/ },
      find,
    );
    expect(row).toHaveTextContent('PSI 0.35 > 0.20, n = 115,842');
    expect(row).toHaveTextContent('summer timetable');
    expect(row).toHaveTextContent('Firing');
  });

  it('says that nothing fires', async () => {
    renderPage(<AlertsPage />, {
      path: '/ml/alerts',
      mountPath: '/ml/alerts',
      answers: { listAlerts: () => ({ items: [], total: 0 }) },
    });
    expect(await screen.findByText('No alert', {}, find)).toBeInTheDocument();
  });
});

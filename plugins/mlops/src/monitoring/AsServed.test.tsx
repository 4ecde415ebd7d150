import '@testing-library/jest-dom';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderPage } from '../testUtils/render';
import { monitoringAnswers } from '../testUtils/story/monitoring';
import { servingAnswers } from '../testUtils/story/serving';
import { takenOverView } from '../testUtils/story/takenOver';
import { MonitoringPage } from './MonitoringPage';

jest.setTimeout(60_000);
const find = { timeout: 15_000 };
const open = (view = takenOverView(), query = '?feature=none') =>
  renderPage(<MonitoringPage />, {
    path: `/ml/endpoints/flight-delay/monitoring${query}`,
    mountPath: '/ml/endpoints/:name/monitoring',
    answers: { ...servingAnswers(), ...monitoringAnswers(view) },
  });

describe('MonitoringPage after another version took over', () => {
  it('says that there is no verdict yet, when it comes, and how the version before stood', async () => {
    open();
    const answer = await screen.findByText(
      /^Not enough data: the week of 7 May 2001 has come to 2 of 7 days, n = 1,040 of v6/,
      {},
      find,
    );
    expect(answer).toHaveTextContent(
      /first verdict on v6 comes when the week is over, on 14 May/,
    );
    expect(
      screen.getByText(/v4 before it was last judged in the week of 30 Apr/),
    ).toHaveTextContent(/Drift/);
  });

  it('keeps the weeks of the version before in the heat map and flags the change', async () => {
    open();
    const old = await screen.findByRole(
      'gridcell',
      { name: /^prev_delay_origin, Mon, 30 Apr 2001: PSI 0.31/ },
      find,
    );
    expect(old).toHaveClass('s-4', 'over');
    expect(screen.getByTitle('v6 answers from here on')).toHaveTextContent(
      'v6',
    );
  });

  it('draws an open week pale, without a mark of the limit, and says how far it has come', async () => {
    open();
    const cell = await screen.findByRole(
      'gridcell',
      { name: /^prev_delay_origin, Mon, 7 May 2001: .*open, 2 of 7 days/ },
      find,
    );
    expect(cell).toHaveClass('open');
    expect(cell).not.toHaveClass('over');
    expect(cell).not.toHaveClass('s-4');
    expect(screen.getByText('2/7 days')).toBeInTheDocument();
  });

  it('leaves a part of the calendar unscored in a part week, and says why', async () => {
    open();
    expect(
      await screen.findByRole(
        'gridcell',
        {
          name: /^hour, Mon, 7 May 2001: moves with the calendar, not scored in a part of a week/,
        },
        find,
      ),
    ).toBeInTheDocument();
  });

  it('ranks by the newest judged week, and names whose it was', async () => {
    open();
    const row = await screen.findByRole('row', {
      name: /^prev_delay_origin Drift v4, 30 Apr/,
    });
    expect(within(row).getByText('0.310', { selector: 'b' })).toBeVisible();
    expect(screen.queryByText('No data', { selector: 'td *' })).toBeNull();
  });

  it('asks for one version when it is chosen, and for all of them as served', async () => {
    const { hub } = open();
    await userEvent.click(
      await screen.findByRole('button', { name: /Version: as served/ }, find),
    );
    await userEvent.click(
      await screen.findByRole('option', { name: 'Version: v4' }),
    );
    const asked = () =>
      hub.calls
        .filter(c => c.route === 'getMonitoring')
        .map(c => (c.request.query as { version?: string })?.version);
    await waitFor(() => expect(asked().at(-1)).toBe('4'));
    expect(asked()[0]).toBeUndefined();
  });
});

import '@testing-library/jest-dom';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderPage } from '../testUtils/render';
import {
  monitoringAnswers,
  monitoringView,
} from '../testUtils/story/monitoring';
import { servingAnswers } from '../testUtils/story/serving';
import { MonitoringPage } from './MonitoringPage';

jest.setTimeout(60_000);
const find = { timeout: 15_000 };
const open = (view = monitoringView(), query = '?feature=none') =>
  renderPage(<MonitoringPage />, {
    path: `/ml/endpoints/flight-delay/monitoring${query}`,
    mountPath: '/ml/endpoints/:name/monitoring',
    answers: { ...servingAnswers(), ...monitoringAnswers(view) },
  });
const cell = (name: RegExp) => screen.findByRole('gridcell', { name }, find);

describe('MonitoringPage', () => {
  it('answers in a sentence first', async () => {
    open();
    expect(
      await screen.findByText(
        'Drift: prev_delay_origin is over the limit 0.20, windows in a row: 3.',
        {},
        find,
      ),
    ).toBeInTheDocument();
    expect(
      screen.getByText(/Replayed data, clock at Mon, 14 May 2001/),
    ).toBeInTheDocument();
  });

  it('tells drift, no data and too little data apart in words', async () => {
    open();
    expect(
      await cell(
        /^prev_delay_origin, Mon, 7 May 2001: PSI 0.35, 0.30 and more/,
      ),
    ).toHaveClass('s-4', 'over');
    expect(
      await cell(/^late_rate_route_7d, .*2001: no data, n = 0$/),
    ).toHaveClass('s-none');
    expect(
      await cell(/^late_rate_route_7d, .*: not enough data .*, n = 412$/),
    ).toHaveClass('s-few');
  });

  it('moves by arrow keys with one cell in the tab order, and opens the panel with Enter', async () => {
    const { hub } = open();
    const start = await cell(/^prev_delay_origin, Mon, 7 May 2001/);
    expect(start).toHaveAttribute('tabindex', '0');
    start.focus();
    await userEvent.keyboard('{ArrowDown}{ArrowLeft}');
    const there = await cell(
      /^late_rate_origin_24h, Mon, 30 April 2001|^late_rate_origin_24h, Mon, 30 Apr 2001/,
    );
    expect(there).toHaveFocus();
    expect(start).toHaveAttribute('tabindex', '-1');
    await userEvent.keyboard('{Enter}');
    const panel = await screen.findByRole('complementary', {
      name: 'Feature late_rate_origin_24h',
    });
    await within(panel).findByText(/≤ -9 adds most/, {}, find);
    expect(
      hub.calls.find(c => c.route === 'getFeature')?.request,
    ).toMatchObject({
      params: { feature: 'late_rate_origin_24h' },
      query: { window: '2001-04-30' },
    });
  });

  it('steps through the features with [ and ] and closes with Escape', async () => {
    open(monitoringView(), '?feature=prev_delay_origin');
    const close = await screen.findByRole('button', { name: 'Close' }, find);
    close.focus();
    await userEvent.keyboard(']');
    expect(
      await screen.findByRole('complementary', {
        name: 'Feature late_rate_origin_24h',
      }),
    ).toBeInTheDocument();
    await userEvent.keyboard('[[');
    expect(
      await screen.findByRole('complementary', {
        name: 'Feature prev_delay_origin',
      }),
    ).toBeInTheDocument();
    screen.getByRole('button', { name: 'Close' }).focus();
    await userEvent.keyboard('{Escape}');
    await waitFor(() =>
      expect(screen.queryByRole('complementary')).not.toBeInTheDocument(),
    );
  });

  it('gives the focus back to the cell that opened the panel', async () => {
    open();
    const start = await cell(/^late_rate_origin_24h, Mon, 7 May 2001/);
    await userEvent.click(start);
    const close = await screen.findByRole('button', { name: 'Close' });
    close.focus();
    await userEvent.keyboard('{Escape}');
    await waitFor(() =>
      expect(screen.queryByRole('complementary')).not.toBeInTheDocument(),
    );
    expect(start).toHaveFocus();
  });

  it('leads back into the heat map where nothing on the page opened the panel', async () => {
    open(monitoringView(), '');
    const close = await screen.findByRole('button', { name: 'Close' }, find);
    await userEvent.click(close);
    expect(await cell(/^prev_delay_origin, Mon, 7 May 2001/)).toHaveFocus();
  });

  it('opens a feature in the newest window that was judged, not in the one still open', async () => {
    const view = monitoringView();
    const features = view.features.map(feature => ({
      ...feature,
      scores: feature.scores.map((score, i, all) =>
        i === all.length - 1 ? { ...score, open: true } : score,
      ),
    }));
    const { hub } = open({ ...view, features }, '');
    expect(await cell(/^prev_delay_origin, Mon, 30 Apr 2001/)).toHaveAttribute(
      'aria-selected',
      'true',
    );
    expect(
      hub.calls.find(c => c.route === 'getFeature')?.request,
    ).toMatchObject({ query: { window: '2001-04-30' } });
  });

  it('says that a feature of the address is not watched', async () => {
    open(monitoringView(), '?feature=gate_number');
    expect(
      await screen.findByText(
        /^gate_number is not among the features/,
        {},
        find,
      ),
    ).toBeInTheDocument();
    expect(screen.queryByRole('complementary')).not.toBeInTheDocument();
  });

  it('draws cells of numbers as columns over one axis, with their shares beneath', async () => {
    open(monitoringView(), '?feature=prev_delay_origin');
    const column = await screen.findByRole(
      'columnheader',
      { name: '≤ -9' },
      find,
    );
    const table = column.closest('table')!;
    expect(
      within(table)
        .getAllByRole('columnheader')
        .map(each => each.textContent),
    ).toEqual(['Bounds', '', '−9', '−6', '−2', '3', '15', 'null']);
    expect(
      within(table).getByRole('row', { name: /^7 May, % 26 28 18 12 9.9/ }),
    ).toBeInTheDocument();
    expect(
      within(table).getByRole('row', { name: /^Adds to PSI .15/ }),
    ).toBeInTheDocument();
  });

  it('opens the worst feature where the URL says nothing', async () => {
    open(monitoringView(), '');
    expect(
      await screen.findByRole(
        'complementary',
        { name: 'Feature prev_delay_origin' },
        find,
      ),
    ).toBeInTheDocument();
  });

  it('teaches where nothing was captured yet', async () => {
    open(
      monitoringView({
        health: 'no-data',
        headline: { key: 'no-data', values: { version: 4, minRows: 1000 } },
        windows: [],
        volume: [],
        quality: [],
        features: [],
        evaluatedAt: null,
      }),
    );
    expect(
      await screen.findByText(
        'Monitoring starts with the first window',
        {},
        find,
      ),
    ).toBeInTheDocument();
    expect(screen.getByText('No labels yet')).toBeInTheDocument();
    expect(screen.queryByRole('grid')).not.toBeInTheDocument();
  });

  it('shows a headline that it does not know by its state', async () => {
    open(
      monitoringView({
        health: 'unknown',
        headline: { key: 'something-new', values: {} },
      }),
    );
    expect(
      await screen.findByText('Unknown', { selector: 'strong' }, find),
    ).toBeInTheDocument();
  });

  it('retrains after a reason and says what was decided', async () => {
    const { hub } = open();
    const [button] = await screen.findAllByRole(
      'button',
      { name: 'Retrain…' },
      find,
    );
    await userEvent.click(button);
    const dialog = await screen.findByRole('dialog');
    await userEvent.type(within(dialog).getByRole('textbox'), 'spring');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Retrain' }),
    );
    await waitFor(() =>
      expect(hub.calls.find(c => c.route === 'retrain')?.request).toMatchObject(
        { params: { problem: 'flight-delay' }, body: { reason: 'spring' } },
      ),
    );
    expect(await screen.findByText(/^Decision: Retrain/)).toBeInTheDocument();
  });
});

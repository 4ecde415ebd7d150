import '@testing-library/jest-dom';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { summary } from '../testUtils/story/problems';
import { renderPage } from '../testUtils/render';
import { ProblemsPage, matches } from './ProblemsPage';

jest.setTimeout(60_000);
const find = { timeout: 15_000 };
const names = () =>
  screen
    .getAllByRole('rowheader')
    .map(cell => cell.querySelector('a')!.getAttribute('href')!)
    .map(href => href.slice(href.lastIndexOf('/') + 1));

describe('ProblemsPage', () => {
  it('lists the worst first', async () => {
    renderPage(<ProblemsPage />);
    await screen.findAllByRole('rowheader', {}, find);
    expect(names()).toEqual([
      'mail-spam',
      'flight-delay',
      'bag-transfer',
      'gate-hold',
      'taxi-fare',
    ]);
  });

  it('takes its filters from the URL', async () => {
    renderPage(<ProblemsPage />, { path: '/?owner=ground-ops' });
    await screen.findAllByRole('rowheader', {}, find);
    expect(names()).toEqual(['flight-delay', 'taxi-fare']);
  });

  it('filters by the stage of the loop and by risk class', async () => {
    renderPage(<ProblemsPage />, { path: '/?stage=data' });
    await screen.findAllByRole('rowheader', {}, find);
    expect(names()).toEqual(['gate-hold']);
  });

  it('shows the question above the name, the owner by name with a link', async () => {
    renderPage(<ProblemsPage />);
    const [, row] = await screen.findAllByRole('rowheader', {}, find);
    const { title, name } = summary();
    expect(within(row).getByRole('link', { name: title })).toHaveAttribute(
      'href',
      `/ml/problems/${name}`,
    );
    expect(within(row).getByText(name)).toBeInTheDocument();
    const [owner] = screen.getAllByTitle(`group:default/${summary().owner}`);
    expect(owner).toHaveAttribute(
      'href',
      expect.stringMatching(/^\/catalog\/default\/group\//),
    );
  });

  it('saves its rows as CSV and lets columns be chosen', async () => {
    renderPage(<ProblemsPage />);
    await screen.findAllByRole('rowheader', {}, find);
    expect(screen.getByRole('button', { name: /CSV/ })).toBeEnabled();
    expect(screen.getByRole('button', { name: /Columns/ })).toBeEnabled();
  });

  it('counts every problem, whatever is filtered', async () => {
    renderPage(<ProblemsPage />, { path: '/?owner=ground-ops' });
    const strip = await screen.findByRole(
      'region',
      { name: 'Problems by state' },
      find,
    );
    expect(strip).toHaveTextContent(/Problems5/);
  });

  it('offers to clear filters that match nothing', async () => {
    renderPage(<ProblemsPage />, { path: '/?q=nowhere' });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Clear filters' }, find),
    );
    expect(await screen.findAllByRole('rowheader')).toHaveLength(5);
  });

  it('says the target in the direction of the metric', async () => {
    renderPage(<ProblemsPage />);
    await screen.findAllByRole('rowheader', {}, find);
    expect(screen.getByText('≥ 0.70')).toBeInTheDocument();
    expect(screen.getByText('≤ 2.50')).toBeInTheDocument();
  });
});

describe('matches', () => {
  it.each([
    [{ q: 'delay' }, true],
    [{ q: 'ROC_AUC' }, true],
    [{ health: 'drift', owner: 'ground-ops' }, true],
    [{ health: 'well' }, false],
    [{ owner: 'baggage' }, false],
    [{ q: 'spam' }, false],
    [{ stage: 'monitoring' }, true],
    [{ stage: 'data' }, false],
    [{ risk: 'limited' }, true],
    [{ risk: 'high' }, false],
    [{}, true],
  ])('of %j is %s', (filters: Record<string, string>, expected) => {
    expect(matches(summary(), filters)).toBe(expected);
  });
});

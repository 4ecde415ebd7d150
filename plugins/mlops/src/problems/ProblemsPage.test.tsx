import '@testing-library/jest-dom';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { summary } from '../testUtils/story/problems';
import { renderPage } from '../testUtils/render';
import { ProblemsPage, matches } from './ProblemsPage';

jest.setTimeout(60_000);
const find = { timeout: 15_000 };
const names = () =>
  screen
    .getAllByRole('rowheader')
    .map(cell => cell.querySelector('a')!.textContent);

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
    expect(screen.getByText('2 of 5, worst health first')).toBeInTheDocument();
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
    ['delay', 'all', 'all', true],
    ['ROC_AUC', 'all', 'all', true],
    ['', 'drift', 'ground-ops', true],
    ['', 'well', 'all', false],
    ['', 'all', 'baggage', false],
    ['spam', 'all', 'all', false],
  ])('of "%s", health %s, owner %s is %s', (text, health, owner, expected) => {
    expect(matches(summary(), text, health, owner)).toBe(expected);
  });
});

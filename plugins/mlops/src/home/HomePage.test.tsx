import '@testing-library/jest-dom';
import { screen, within } from '@testing-library/react';
import { renderPage } from '../testUtils/render';
import { HomePage } from './HomePage';

jest.setTimeout(60_000);
const find = { timeout: 15_000 };
const nothing = {
  approvals: [],
  alerts: [],
  failedRuns: [],
  running: [],
  problems: [],
};

describe('HomePage', () => {
  it('says in one sentence what waits', async () => {
    renderPage(<HomePage />);
    expect(
      await screen.findByText(
        '1 approval, 2 alerts and 1 failed run for you to look at.',
        {},
        find,
      ),
    ).toBeInTheDocument();
  });

  it('leads to each thing that waits', async () => {
    renderPage(<HomePage />);
    const href = async (name: string) =>
      (await screen.findAllByRole('link', { name }, find))[0].getAttribute(
        'href',
      );
    expect(await href('Review')).toBe('/ml/approvals/apr-118');
    expect(await href('Open')).toBe('/ml/alerts/alert-1');
    expect(await href('Open run')).toBe('/ml/runs/run-46');
  });

  it('says of an alert whether somebody has it', async () => {
    renderPage(<HomePage />);
    const card = await screen.findByRole(
      'region',
      { name: 'Firing alerts' },
      find,
    );
    const [first, second] = within(card).getAllByRole('listitem');
    expect(first).toHaveTextContent('Acknowledged by oncall.');
    expect(second).toHaveTextContent('Nobody has it yet.');
  });

  it('says that nothing waits while there are problems', async () => {
    const { home } = jest.requireActual('../testUtils/story/problems');
    renderPage(<HomePage />, {
      answers: { getHome: () => ({ ...nothing, problems: home().problems }) },
    });
    expect(
      await screen.findByText('Nothing waits for you.', {}, find),
    ).toBeInTheDocument();
    expect(screen.getByText('No alert fires.')).toBeInTheDocument();
  });

  it('teaches what a problem is where there is none: one message, one button', async () => {
    renderPage(<HomePage />, { answers: { getHome: () => nothing } });
    const card = await screen.findByRole(
      'region',
      { name: 'Start with a table and a question' },
      find,
    );
    expect(within(card).getAllByRole('listitem')).toHaveLength(6);
    expect(screen.getAllByText(/No problem yet/)).toHaveLength(1);
    expect(screen.queryByText('Nothing waits for you.')).toBeNull();
    const [button, ...more] = screen.getAllByRole('link', {
      name: 'New problem',
    });
    expect(more).toEqual([]);
    expect(button).toHaveAttribute('href', '/ml/problems/new');
  });

  it('keeps the button at the head once there is a problem', async () => {
    renderPage(<HomePage />);
    await screen.findByRole('region', { name: 'Problems' }, find);
    expect(screen.getAllByRole('link', { name: 'New problem' })).toHaveLength(
      1,
    );
  });
});

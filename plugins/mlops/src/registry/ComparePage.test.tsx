import '@testing-library/jest-dom';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { comparison } from '../testUtils/story/registry';
import { renderPage } from '../testUtils/render';
import { ModelRoutes } from './ModelRoutes';

jest.setTimeout(60_000);
const open = (path: string, answers = {}) =>
  renderPage(<ModelRoutes />, {
    path: `/ml/models${path}`,
    mountPath: '/ml/models/*',
    answers,
  });
const find = { timeout: 15_000 };

describe('a comparison', () => {
  it('hides what is the same and counts it, until everything is asked for', async () => {
    open('/flight-delay/compare?versions=4,6');
    expect(
      await screen.findByText('v6 is better on the same rows.', {}, find),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('rowheader', { name: 'seed' }),
    ).not.toBeInTheDocument();
    expect(
      screen.getByText('5 rows are the same in all and hidden.'),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('radio', { name: 'Everything' }));
    expect(
      await screen.findByRole('rowheader', { name: 'seed' }),
    ).toBeInTheDocument();
  });

  it('puts first what one evaluation found for both on the same rows', async () => {
    open('/flight-delay/compare?versions=4,6', {
      compareVersions: () => ({ ...comparison([4, 6]), sameTestWindow: false }),
    });
    const fair = await screen.findByRole(
      'region',
      { name: 'v6 and v4 on the same rows' },
      find,
    );
    expect(within(fair).getAllByText('Better').length).toBeGreaterThan(0);
    expect(
      screen.getByText(/Both were evaluated on the window of v6/),
    ).toBeInTheDocument();
    expect(screen.getByText(/Each on its own test window/)).toBeInTheDocument();
  });

  it('changes what is compared on the spot', async () => {
    const { hub } = open('/flight-delay/compare?versions=4,6');
    const asked = () =>
      hub.calls
        .filter(c => c.route === 'compareVersions')
        .map(c => c.request.query.versions);
    const pick = async (field: RegExp, option: string) => {
      await userEvent.click(
        await screen.findByRole('button', { name: field }, find),
      );
      await userEvent.click(
        await screen.findByRole('option', { name: option }, find),
      );
    };
    await pick(/Version 1$/, 'v3');
    await waitFor(() => expect(asked()).toEqual(['4,6', '3,6']));
    await pick(/Add a version$/, 'v5');
    await waitFor(() => expect(asked()).toContain('3,6,5'));
    await pick(/Version 2$/, 'Take it out');
    await waitFor(() => expect(asked()).toContain('3,5'));
    await userEvent.click(screen.getByRole('button', { name: 'Swap' }));
    await waitFor(() => expect(asked()).toContain('5,3'));
  });

  it('shows data and code of the last version against those of the first', async () => {
    const { hub } = open('/flight-delay/compare?versions=4,6');
    const code = await screen.findByRole('region', { name: 'Code' }, find);
    expect(code).toHaveTextContent(/^Codev4 4be91c7a to v6 a81f03e5/);
    expect(
      await screen.findByRole('region', { name: 'Data' }, find),
    ).toBeInTheDocument();
    expect(
      hub.calls.find(c => c.route === 'getRepositoryDiff')?.request.params,
    ).toEqual({ name: 'flight-delay' });
  });

  it('draws no conclusion from different test windows', async () => {
    const both = comparison([4, 6]);
    open('/flight-delay/compare?versions=4,6', {
      compareVersions: () => ({
        ...both,
        versions: both.versions.map(v => ({ ...v, champion: {} })),
        sameTestWindow: false,
      }),
    });
    expect(
      await screen.findByText(/not on the same rows/, {}, find),
    ).toBeInTheDocument();
    expect(
      screen.queryByText(/is better on the same rows/),
    ).not.toBeInTheDocument();
  });

  it('asks for two versions when only one is named', async () => {
    const { hub } = open('/flight-delay/compare?versions=4');
    expect(
      await screen.findByText(
        'Choose two versions on the page of the model.',
        {},
        find,
      ),
    ).toBeInTheDocument();
    await waitFor(() =>
      expect(hub.calls.some(c => c.route === 'compareVersions')).toBe(false),
    );
  });
});

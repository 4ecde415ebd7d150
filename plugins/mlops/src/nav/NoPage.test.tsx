import '@testing-library/jest-dom';
import { screen } from '@testing-library/react';
import { renderPage } from '../testUtils/render';
import { NoPage } from './NoPage';

jest.setTimeout(60_000);
const find = { timeout: 15_000 };

describe('NoPage', () => {
  it('names the address and leads on', async () => {
    renderPage(<NoPage />, { path: '/ml/modles/flight-delay' });
    expect(
      await screen.findByText('/ml/modles/flight-delay', {}, find),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: /Search for “modles flight-delay”/ }),
    ).toHaveAttribute('href', '/search?query=modles%20flight-delay');
    expect(screen.getByRole('link', { name: 'Problems' })).toHaveAttribute(
      'href',
      '/ml/problems',
    );
    expect(screen.getByRole('link', { name: 'Home' })).toHaveAttribute(
      'href',
      '/',
    );
  });

  it('stands at an address that is not well formed, too', async () => {
    renderPage(<NoPage />, { path: '/ml/%E0%A4%A' });
    expect(
      await screen.findByRole('heading', { name: 'No such page' }, find),
    ).toBeInTheDocument();
  });
});

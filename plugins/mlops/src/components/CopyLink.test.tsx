import '@testing-library/jest-dom';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderPage } from '../testUtils/render';
import { CopyLink } from './CopyLink';

jest.setTimeout(30_000);

describe('CopyLink', () => {
  it('copies the address of the page and says so', async () => {
    const user = userEvent.setup();
    const write = jest
      .spyOn(navigator.clipboard, 'writeText')
      .mockResolvedValue(undefined);
    renderPage(<CopyLink />);
    await user.click(await screen.findByRole('button', { name: 'Copy link' }));
    expect(write).toHaveBeenCalledWith(window.location.href);
    expect(
      await screen.findByRole('button', { name: 'Copied' }),
    ).toBeInTheDocument();
    expect(
      screen.getByText('The address of this page was copied.'),
    ).toHaveAttribute('role', 'status');
  });

  it('says why the address could not be copied', async () => {
    const user = userEvent.setup();
    jest
      .spyOn(navigator.clipboard, 'writeText')
      .mockRejectedValue(new Error('Write permission denied.'));
    renderPage(<CopyLink />);
    await user.click(await screen.findByRole('button', { name: 'Copy link' }));
    expect(
      await screen.findByText(/Write permission denied/),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'Copy link' }),
    ).toBeInTheDocument();
  });
});

import '@testing-library/jest-dom';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderPage } from '../testUtils/render';
import { ActButton } from './ActButton';

const open = (why?: string) => {
  const onPress = jest.fn();
  renderPage(
    <ActButton why={why} onPress={onPress}>
      Deploy…
    </ActButton>,
  );
  return onPress;
};
const button = () => screen.findByRole('button', { name: 'Deploy…' });

describe('ActButton', () => {
  it('acts when it is pressed', async () => {
    const onPress = open();
    await userEvent.click(await button());
    expect(onPress).toHaveBeenCalledTimes(1);
    expect(await button()).not.toHaveAttribute('aria-disabled');
  });

  it('stays off, and says why to those who reach it by keyboard or ear', async () => {
    const onPress = open('it answers already');
    const off = await button();
    expect(off).toHaveAttribute('aria-disabled', 'true');
    expect(off).toHaveAccessibleDescription('it answers already');
    await userEvent.tab();
    while (document.activeElement !== off) await userEvent.tab();
    expect(await screen.findByRole('tooltip')).toHaveTextContent(
      'it answers already',
    );
    await userEvent.keyboard('{Enter}');
    await userEvent.click(off);
    expect(onPress).not.toHaveBeenCalled();
  });
});

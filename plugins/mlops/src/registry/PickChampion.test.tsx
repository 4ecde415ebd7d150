import '@testing-library/jest-dom';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { servingAnswers } from '../testUtils/story/serving';
import { renderPage } from '../testUtils/render';
import { ModelRoutes } from './ModelRoutes';

jest.setTimeout(60_000);
const find = { timeout: 15_000 };
const open = (versions: number[], answers = {}) =>
  renderPage(<ModelRoutes />, {
    path: `/ml/models/flight-delay/compare?versions=${versions.join(',')}`,
    mountPath: '/ml/models/*',
    answers: { ...servingAnswers(), ...answers },
  });
const pick = (version: number) =>
  screen.findByRole('button', { name: `Pick v${version} as champion…` }, find);

describe('picking a champion on the comparison', () => {
  it('starts the rollout of the last version, with a reason, after saying what changes', async () => {
    const { hub } = open([4, 5], { deploy: () => ({ name: 'flight-delay' }) });
    await userEvent.click(await pick(5));
    const dialog = await screen.findByRole('dialog', {
      name: 'Pick flight-delay v5 as champion',
    });
    expect(dialog).toHaveTextContent(/becomes a canary and moves on by/);
    expect(dialog).toHaveTextContent(
      /v5 becomes it at the end of its rollout, until then it is v4/,
    );
    const confirm = within(dialog).getByRole('button', {
      name: 'Start the rollout',
    });
    await userEvent.click(confirm);
    expect(hub.calls.some(c => c.route === 'deploy')).toBe(false);

    await userEvent.type(
      within(dialog).getByRole('textbox', { name: /Reason/ }),
      'better on the same rows',
    );
    await userEvent.click(confirm);
    await waitFor(() =>
      expect(hub.calls.find(c => c.route === 'deploy')?.request).toMatchObject({
        params: { name: 'flight-delay' },
        body: { version: 5, reason: 'better on the same rows' },
      }),
    );
  });

  it.each<[string, number[], object, RegExp]>([
    ['is it already', [6, 4], {}, /^v4 is the champion already\. Swap/],
    ['is on its way', [4, 6], {}, /answers 10% of flight-delay already/],
    [
      'may not be deployed by who looks',
      [4, 5],
      {
        whoAmI: () => ({
          actor: 'user:default/ben',
          permissions: { 'mlops.endpoint.change': false },
          onePerson: false,
        }),
      },
      /does not have the right/,
    ],
  ])(
    'is off and says why where the version %s',
    async (_, versions, answers, why) => {
      const { hub } = open(versions, answers);
      await screen.findByText(why, {}, find);
      const button = await pick(versions[1]);
      expect(button).toHaveAccessibleDescription(why);
      expect(button).toHaveAttribute('aria-disabled', 'true');
      await userEvent.click(button);
      expect(screen.queryByRole('dialog')).toBeNull();
      expect(hub.calls.some(c => c.route === 'deploy')).toBe(false);
    },
  );

  it('leads to the endpoint of a version that is on its way', async () => {
    open([4, 6]);
    expect(
      await screen.findByRole('link', { name: 'Open the endpoint' }, find),
    ).toHaveAttribute('href', '/ml/endpoints/flight-delay');
  });
});

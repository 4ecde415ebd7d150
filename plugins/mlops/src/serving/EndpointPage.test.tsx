import '@testing-library/jest-dom';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Refusal } from '../testUtils/fakeHub';
import { renderPage } from '../testUtils/render';
import { endpoint, servingAnswers } from '../testUtils/story/serving';
import { hoursAgo } from '../testUtils/story/time';
import { EndpointPage } from './EndpointPage';

jest.setTimeout(60_000);
const find = { timeout: 15_000 };
const open = (
  detail = endpoint(),
  query = '',
  over: ReturnType<typeof servingAnswers> = {},
) =>
  renderPage(<EndpointPage />, {
    path: `/ml/endpoints/flight-delay${query}`,
    mountPath: '/ml/endpoints/:name',
    answers: { ...servingAnswers(detail), ...over },
  });

describe('EndpointPage', () => {
  it('says how traffic is split and where the rollout stands', async () => {
    open();
    expect(
      await screen.findByRole('img', { name: 'v4 90%, v6 10%' }, find),
    ).toBeInTheDocument();
    const steps = screen.getByRole('list', { name: 'Steps of the rollout' });
    expect(within(steps).getAllByRole('listitem')[0]).toHaveAttribute(
      'aria-current',
      'step',
    );
    expect(
      screen.getByText(/Promote waits for: errors at most 1.0 %/),
    ).toBeInTheDocument();
  });

  it('rolls back after saying to which version, for whom, and why', async () => {
    const { hub } = open();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Roll back…' }, find),
    );
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent(
      'All traffic of flight-delay goes at once from v4 90%, v6 10% to v4.',
    );
    expect(dialog).toHaveTextContent('gate-planner, crew-roster');
    const confirm = within(dialog).getByRole('button', { name: 'Roll back' });
    await userEvent.click(confirm);
    expect(hub.calls.some(c => c.route === 'rollback')).toBe(false);
    await userEvent.type(within(dialog).getByRole('textbox'), 'too slow');
    await userEvent.click(confirm);
    await waitFor(() =>
      expect(hub.calls.find(c => c.route === 'rollback')?.request.body).toEqual(
        { reason: 'too slow' },
      ),
    );
  });

  it('keeps the reason when the hub refuses', async () => {
    open(endpoint(), '', {
      rollback: () => {
        throw new Refusal(409, 'nothing answered before v4');
      },
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Roll back…' }, find),
    );
    const dialog = await screen.findByRole('dialog');
    await userEvent.type(within(dialog).getByRole('textbox'), 'too slow');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Roll back' }),
    );
    expect(
      await within(dialog).findByText('nothing answered before v4', {}, find),
    ).toBeInTheDocument();
    expect(within(dialog).getByRole('textbox')).toHaveValue('too slow');
  });

  it('offers roll back without a rollout, and no promotion', async () => {
    open(endpoint({ rollout: undefined }));
    expect(
      await screen.findByRole('button', { name: 'Roll back…' }, find),
    ).toBeEnabled();
    expect(
      screen.getByRole('button', { name: 'Promote: no rollout' }),
    ).toBeDisabled();
  });

  it('checks a field against the signature before sending', async () => {
    const { hub } = open();
    const hour = await screen.findByLabelText(/^hour/, {}, find);
    expect(hour).toHaveValue('17');
    await userEvent.clear(hour);
    await userEvent.type(hour, '17.5');
    expect(
      screen.getByText('hour takes a whole number; "17.5" is none.'),
    ).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Send' })).toBeDisabled();
    await userEvent.clear(hour);
    await userEvent.type(hour, '18');
    await userEvent.click(screen.getByRole('button', { name: 'Send' }));
    expect(await screen.findByText('0.41', {}, find)).toBeInTheDocument();
    expect(screen.getByText(/^by v4 in \d+ ms$/)).toBeInTheDocument();
    expect(screen.getByRole('img', { name: 'late: 41%' })).toBeInTheDocument();
    const sent = hub.calls.find(c => c.route === 'infer')!.request.body;
    expect(sent.inputs[1].data).toEqual([18]);
  });

  it('asks one version by itself and says that this is not kept', async () => {
    const { hub } = open(endpoint(), '?version=6');
    await userEvent.click(
      await screen.findByRole('button', { name: 'Send' }, find),
    );
    expect(
      await screen.findByText(/Not kept: asked with a version/, {}, find),
    ).toBeInTheDocument();
    expect(
      hub.calls.find(c => c.route === 'infer')?.request.query.version,
    ).toBe('6');
  });

  it('says so when the engine has been silent for more than a minute', async () => {
    open(endpoint({ observedAt: hoursAgo(0.1) }));
    expect(
      await screen.findByText(
        /local last answered 6 min ago. What you see is from then/,
        {},
        find,
      ),
    ).toBeInTheDocument();
    expect(screen.getByText(/^Unknown, was /)).toBeInTheDocument();
  });

  it('deploys a version that is chosen from those that are ready', async () => {
    const { hub } = open(endpoint({ rollout: undefined, revisions: [] }));
    await userEvent.click(
      await screen.findByRole('button', { name: 'Deploy a version…' }, find),
    );
    const dialog = await screen.findByRole('dialog');
    await within(dialog).findAllByText(/^v6, /, {}, find);
    await userEvent.type(within(dialog).getByRole('textbox'), 'first try');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Deploy' }),
    );
    await waitFor(() =>
      expect(
        hub.calls.find(c => c.route === 'deploy')?.request.body,
      ).toMatchObject({ version: 6, reason: 'first try' }),
    );
  });

  it('names an endpoint that is not known', async () => {
    open(endpoint(), '', {
      getEndpoint: () => {
        throw new Refusal(404, "there is no endpoint 'flight-delay'");
      },
    });
    expect(
      await screen.findByText(
        'Endpoint flight-delay could not be loaded',
        {},
        find,
      ),
    ).toBeInTheDocument();
  });
});

import '@testing-library/jest-dom';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Answers } from '../testUtils/fakeHub';
import { approvals } from '../testUtils/story/approvals';
import { renderPage } from '../testUtils/render';
import { ApprovalRoutes } from './ApprovalRoutes';

jest.setTimeout(60_000);
const open = (answers: Answers = {}) =>
  renderPage(<ApprovalRoutes />, {
    path: '/ml/approvals/apr-118',
    mountPath: '/ml/approvals/*',
    answers,
  });
const find = { timeout: 15_000 };
const panel = () =>
  screen.findByRole('region', { name: 'Your decision' }, find);
const met = () => ({
  ...approvals()[0],
  conditions: approvals()[0].conditions.filter(c => c.state === 'met'),
});
const me = (actor: string, may = true): Answers => ({
  whoAmI: () => ({
    actor,
    permissions: { 'mlops.approval.decide': may },
    onePerson: false,
  }),
});

describe('an approval', () => {
  it('lists every condition with its verdict as a word', async () => {
    open();
    const card = await screen.findByRole(
      'region',
      { name: 'Conditions' },
      find,
    );
    const items = within(card).getAllByRole('listitem');
    expect(items).toHaveLength(7);
    expect(items[5]).toHaveTextContent(/Not met$/);
    expect(items[6]).toHaveTextContent(/Unknown$/);
  });

  it('approves with a reason when every condition is met', async () => {
    const { hub } = open({ getApproval: met });
    const card = await panel();
    const approve = await within(card).findByRole(
      'button',
      { name: 'Approve' },
      find,
    );
    expect(approve).toHaveAttribute('aria-disabled', 'true');
    expect(approve).toHaveAccessibleDescription(/^Write the reason first/);
    await userEvent.type(
      within(card).getByRole('textbox'),
      'better on the same week',
    );
    await userEvent.click(
      within(card).getByRole('button', { name: 'Approve' }),
    );
    await waitFor(() =>
      expect(
        hub.calls.find(c => c.route === 'decideApproval')?.request.body,
      ).toEqual({
        decision: 'approve',
        reason: 'better on the same week',
        exception: false,
      }),
    );
  });

  it('needs the exception to be ticked while a condition is open', async () => {
    const { hub } = open();
    const card = await panel();
    await userEvent.type(
      await within(card).findByRole('textbox', {}, find),
      'v4 misleads gate planning',
    );
    const approve = within(card).getByRole('button', { name: 'Approve' });
    expect(approve).toHaveAccessibleDescription(/^Tick the exception/);
    await userEvent.click(approve);
    expect(hub.calls.some(c => c.route === 'decideApproval')).toBe(false);
    await userEvent.click(within(card).getByRole('checkbox'));
    await userEvent.click(
      within(card).getByRole('button', { name: 'Approve with exception' }),
    );
    await waitFor(() =>
      expect(
        hub.calls.find(c => c.route === 'decideApproval')?.request.body,
      ).toMatchObject({ decision: 'approve', exception: true }),
    );
  });

  it('leads from the bar at the foot of small screens into the panel', async () => {
    const scrolled = jest.fn();
    Element.prototype.scrollIntoView = scrolled;
    open();
    await within(await panel()).findByRole('textbox', {}, find);
    await userEvent.click(screen.getByRole('button', { name: 'Decide' }));
    expect(scrolled.mock.contexts).toEqual([
      document.getElementById('decision'),
    ]);
    expect(screen.getByRole('textbox')).toHaveFocus();
  });

  it('names the open conditions and who may not approve against them', async () => {
    open(me('user:default/ben'));
    const card = await panel();
    const tick = await within(card).findByRole('checkbox', {}, find);
    expect(tick).toBeDisabled();
    expect(within(card).getAllByRole('listitem')).toHaveLength(2);
    expect(within(card).getByText(/does not have/)).toBeInTheDocument();
  });

  it('shows the requester why somebody else decides', async () => {
    open(me('user:default/ann'));
    const card = await panel();
    expect(
      await within(card).findByText(/You asked for this yourself/, {}, find),
    ).toBeInTheDocument();
    expect(within(card).queryByRole('button')).not.toBeInTheDocument();
  });

  it('shows those who may not decide the same page without buttons', async () => {
    open(me('user:default/eve', false));
    const card = await panel();
    expect(
      await within(card).findByText(/may not decide/, {}, find),
    ).toBeInTheDocument();
    expect(within(card).queryByRole('textbox')).not.toBeInTheDocument();
  });

  it('says who decided, and why, once it is decided', async () => {
    open({
      getApproval: () => ({
        ...met(),
        state: 'approved',
        decidedBy: 'user:default/ben',
        decidedAt: new Date().toISOString(),
        decisionReason: 'fine by me',
      }),
    });
    expect(
      await screen.findByText('Approved by ben', {}, find),
    ).toBeInTheDocument();
    expect(screen.getByText(/approved: “fine by me”/)).toBeInTheDocument();
  });
});

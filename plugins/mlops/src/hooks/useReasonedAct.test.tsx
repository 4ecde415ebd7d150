import '@testing-library/jest-dom';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ReasonDialog } from '../components';
import { Refusal } from '../testUtils/fakeHub';
import { renderPage } from '../testUtils/render';
import { useReasonedAct } from './useReasonedAct';

jest.setTimeout(60_000);

function Probe(props: { onDone: (answer: string) => void }) {
  const { open, dialog } = useReasonedAct(
    (hub, { signal, ...call }) =>
      hub
        .retrain({ problem: 'flight-delay', body: call }, { signal })
        .then(({ outcome }) => outcome),
    props.onDone,
  );
  return (
    <>
      <button onClick={open}>Begin</button>
      <ReasonDialog {...dialog} title="Begin?" changes={[]} confirm="Do it" />
    </>
  );
}

async function confirm(reason?: string) {
  if (reason) await userEvent.type(await screen.findByRole('textbox'), reason);
  await userEvent.click(screen.getByRole('button', { name: 'Do it' }));
}

describe('useReasonedAct', () => {
  it('tries again under the same key, and closes once the act is done', async () => {
    const { decision } = jest.requireActual('../testUtils/story/alerts');
    const done = jest.fn();
    let fails = true;
    const { hub } = renderPage(<Probe onDone={done} />, {
      answers: {
        retrain: () => {
          if (fails) throw new Refusal(503, 'the hub restarts');
          return decision();
        },
      },
    });
    const keys = () =>
      hub.calls.map(
        ({ request }) =>
          (request as { body: { idempotencyKey: string } }).body.idempotencyKey,
      );
    await userEvent.click(
      await screen.findByText('Begin', {}, { timeout: 15_000 }),
    );
    await confirm('spring');
    expect(await screen.findByText(/the hub restarts/)).toBeInTheDocument();
    expect(done).not.toHaveBeenCalled();

    fails = false;
    await confirm();
    await waitFor(() => expect(done).toHaveBeenCalledWith('start'));
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    expect(keys()[1]).toBe(keys()[0]);

    await userEvent.click(screen.getByText('Begin'));
    await confirm('once more');
    await waitFor(() => expect(keys()).toHaveLength(3));
    expect(keys()[2]).not.toBe(keys()[0]);
  });
});

import '@testing-library/jest-dom';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { LoadState } from '../components';
import { home } from '../testUtils/story/problems';
import { Refusal } from '../testUtils/fakeHub';
import { renderPage } from '../testUtils/render';
import { useHub } from './useHub';

jest.setTimeout(60_000);
const find = { timeout: 15_000 };

function Probe(props: { refreshMs?: number }) {
  const [name, setName] = useState('flight-delay');
  const [asOf, setAsOf] = useState('09:00');
  const hub = useHub(
    (client, signal) => client.getProblem({ name }, { signal }),
    ['probe', name],
    { ...props, asOf },
  );
  return (
    <>
      <LoadState of={hub} what="Problem">
        {value => <p>{`shows ${value.name}, alerts ${value.alerts}`}</p>}
      </LoadState>
      <button onClick={() => setName('taxi-fare')}>other</button>
      <button onClick={hub.refresh}>refresh</button>
      <button onClick={() => setAsOf('09:05')}>later</button>
      <output>{hub.error?.message}</output>
    </>
  );
}

describe('useHub', () => {
  it('drops the old answer when what is asked for changes', async () => {
    renderPage(<Probe />);
    expect(
      await screen.findByText('shows flight-delay, alerts 2', {}, find),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByText('other'));
    expect(
      await screen.findByText('shows taxi-fare, alerts 2'),
    ).toBeInTheDocument();
    expect(screen.queryByText(/shows flight-delay/)).not.toBeInTheDocument();
  });

  it('keeps the last answer when a refresh fails, and tells the error', async () => {
    let fails = false;
    const { problem } = jest.requireActual('../testUtils/story/problems');
    renderPage(<Probe />, {
      answers: {
        getProblem: () => {
          if (fails) throw new Refusal(503, 'the hub restarts');
          return problem();
        },
      },
    });
    await screen.findByText(/shows flight-delay/, {}, find);
    fails = true;
    await userEvent.click(screen.getByText('refresh'));
    expect(await screen.findByText('the hub restarts')).toBeInTheDocument();
    expect(screen.getByText(/shows flight-delay/)).toBeInTheDocument();
  });

  it('asks again as of a later state, and keeps the last answer until there is one', async () => {
    const { problem } = jest.requireActual('../testUtils/story/problems');
    let answer = (): unknown => problem();
    const { hub } = renderPage(<Probe />, {
      answers: { getProblem: () => answer() as never },
    });
    await screen.findByText(/alerts 2/, {}, find);
    answer = () => {
      throw new Refusal(503, 'the hub restarts');
    };
    await userEvent.click(screen.getByText('later'));
    expect(await screen.findByText('the hub restarts')).toBeInTheDocument();
    expect(hub.calls).toHaveLength(2);
    expect(screen.getByText(/alerts 2/)).toBeInTheDocument();
  });

  it('asks again by itself', async () => {
    const { hub } = renderPage(<Probe refreshMs={50} />);
    await screen.findByText(/shows flight-delay/, {}, find);
    await new Promise(done => setTimeout(done, 400));
    expect(hub.calls.length).toBeGreaterThan(2);
  });

  it('shows an error with a way to try again when nothing was ever answered', async () => {
    let fails = true;
    renderPage(<HomeProbe />, {
      answers: {
        getHome: () => {
          if (fails) throw new Refusal(403, 'not allowed');
          return home();
        },
      },
    });
    const notice = await screen.findByRole('alert', {}, find);
    expect(notice).toHaveTextContent('Your account may not do this');
    fails = false;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('5 problems')).toBeInTheDocument();
  });
});

function HomeProbe() {
  const hub = useHub(
    (client, signal) => client.getHome({ signal }),
    ['home-probe'],
  );
  return (
    <LoadState of={hub} what="Home">
      {value => <p>{`${value.problems.length} problems`}</p>}
    </LoadState>
  );
}

import '@testing-library/jest-dom';
import { fireEvent, render, screen } from '@testing-library/react';
import { MemoryRouter, useLocation } from 'react-router-dom';
import { useQueryState } from './useQueryState';

const RESETS = ['from'];

function Probe() {
  const [q, setQ] = useQueryState('q');
  const [state, setState] = useQueryState('state', 'all', RESETS);
  const { search } = useLocation();
  return (
    <>
      <output>{`${q}|${state}|${search}`}</output>
      <button onClick={() => setQ('delay')}>search</button>
      <button onClick={() => setState('failed')}>failed</button>
      <button
        onClick={() => {
          setQ('');
          setState('all');
        }}
      >
        clear
      </button>
    </>
  );
}
const at = (path: string) =>
  render(
    <MemoryRouter initialEntries={[path]}>
      <Probe />
    </MemoryRouter>,
  );
const shown = () => screen.getByRole('status').textContent;

describe('useQueryState', () => {
  it('reads its value from the URL', () => {
    at('/?q=gate&state=failed');
    expect(shown()).toBe('gate|failed|?q=gate&state=failed');
  });

  it('does not write the default', () => {
    at('/?other=1');
    expect(shown()).toBe('|all|?other=1');
    fireEvent.click(screen.getByText('search'));
    expect(shown()).toBe('delay|all|?other=1&q=delay');
  });

  it('resets the page when a filter changes', () => {
    at('/?from=50');
    fireEvent.click(screen.getByText('failed'));
    expect(shown()).toBe('|failed|?state=failed');
  });

  it('keeps both of two changes in one handler', () => {
    at('/?q=gate&state=failed');
    fireEvent.click(screen.getByText('clear'));
    expect(shown()).toBe('|all|');
  });

  it('starts from the URL again after a change', async () => {
    at('/?q=gate&state=failed');
    fireEvent.click(screen.getByText('clear'));
    await Promise.resolve();
    fireEvent.click(screen.getByText('search'));
    expect(shown()).toBe('delay|all|?q=delay');
  });
});

import { render, screen } from '@testing-library/react';
import { act } from 'react';
import { MemoryRouter } from 'react-router-dom';
import { StorageApi, storageApiRef } from '@backstage/frontend-plugin-api';
import { TestApiProvider } from '@backstage/frontend-test-utils';
import { useForgetVisit, useVisit, useVisits, Visit } from './useVisits';

const older: Visit = {
  title: 'Models',
  path: '/ml/models',
  at: '2026-05-14T09:00:00Z',
};

/** A store on a server: what it keeps is known only after `arrive`. */
function serverStorage() {
  let kept: Visit[] | undefined;
  const listeners = new Set<(given: object) => void>();
  const known = () =>
    kept ? { presence: 'present', value: kept } : { presence: 'unknown' };
  const storage = {
    forBucket: () => ({
      snapshot: known,
      observe$: () => ({
        subscribe: (next: (given: object) => void) => {
          listeners.add(next);
          return { unsubscribe: () => listeners.delete(next) };
        },
      }),
      set: async (_: string, value: Visit[]) => {
        kept = value;
      },
    }),
  } as unknown as StorageApi;
  return {
    storage,
    kept: () => kept,
    arrive: (value: Visit[]) => {
      kept = value;
      listeners.forEach(next => next(known()));
    },
  };
}

function Page() {
  useVisit('Problems', '/ml/problems');
  return null;
}
function Listed() {
  return (
    <p>
      {useVisits()
        .map(({ title }) => title)
        .join()}
    </p>
  );
}

describe('visits kept on the server', () => {
  it('are added to what was kept, never in its place', async () => {
    const server = serverStorage();
    render(
      <TestApiProvider apis={[[storageApiRef, server.storage]]}>
        <Page />
      </TestApiProvider>,
    );
    expect(server.kept()).toBeUndefined();
    await act(async () => server.arrive([older]));
    expect(server.kept()?.map(({ path }) => path)).toEqual([
      '/ml/problems',
      '/ml/models',
    ]);
  });

  it('keep a page once, with what was last chosen on it', async () => {
    const server = serverStorage();
    render(
      <TestApiProvider apis={[[storageApiRef, server.storage]]}>
        <Page />
      </TestApiProvider>,
    );
    await act(async () =>
      server.arrive([
        { ...older, title: 'Problems', path: '/ml/problems?risk=high' },
        { ...older, title: 'Lineage of a', path: '/ml/lineage?node=a' },
        { ...older, title: 'Lineage of b', path: '/ml/lineage?node=b' },
      ]),
    );
    expect(server.kept()?.map(({ path }) => path)).toEqual([
      '/ml/problems',
      '/ml/lineage?node=a',
      '/ml/lineage?node=b',
    ]);
  });

  it('do not keep an address that leads to nothing', async () => {
    const server = serverStorage();
    function Wrong() {
      useVisit('nope', '/ml/problems/nope');
      useForgetVisit(true);
      return null;
    }
    render(
      <MemoryRouter initialEntries={['/ml/problems/nope']}>
        <TestApiProvider apis={[[storageApiRef, server.storage]]}>
          <Wrong />
        </TestApiProvider>
      </MemoryRouter>,
    );
    await act(async () => server.arrive([older]));
    expect(server.kept()?.map(({ path }) => path)).toEqual(['/ml/models']);
  });

  it('are shown as soon as they are known', async () => {
    const server = serverStorage();
    render(
      <TestApiProvider apis={[[storageApiRef, server.storage]]}>
        <Listed />
      </TestApiProvider>,
    );
    await act(async () => server.arrive([older]));
    expect(screen.getByText('Models')).toBeTruthy();
  });
});

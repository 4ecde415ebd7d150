import '@testing-library/jest-dom';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Model } from '@mlops-portal/plugin-mlops-common';
import { Answers } from '../testUtils/fakeHub';
import { renderPage } from '../testUtils/render';
import { EmptyState } from './EmptyState';
import { IndexPage } from './IndexPage';

jest.setTimeout(60_000);
const find = { timeout: 20_000 };

const model = (name: string): Model => ({
  name,
  task: 'binary',
  versions: 3,
  stages: [],
});

function Models() {
  return (
    <IndexPage<Model>
      title="Models"
      name="test-models"
      rowKey={m => m.name}
      filters={[
        { name: 'q', label: 'Name', kind: 'text' },
        {
          name: 'task',
          label: 'Task',
          kind: 'choice',
          options: [{ id: 'binary', title: 'binary' }],
        },
      ]}
      columns={[
        { id: 'name', title: 'Model', csv: m => m.name, cell: m => m.name },
        {
          id: 'n',
          title: 'Versions',
          csv: m => m.versions,
          cell: m => m.versions,
        },
      ]}
      load={(client, { filters, ...page }, signal) =>
        client.listModels({ ...page, q: filters.q }, { signal })
      }
      empty={<EmptyState title="No model yet" />}
      limit={2}
      json
    />
  );
}

const many: Answers['listModels'] = ({ query }) => {
  const all = ['a', 'b', 'c', 'd', 'e'].filter(n => n.includes(query.q ?? ''));
  const from = Number(query.offset);
  return {
    items: all.slice(from, from + Number(query.limit)).map(model),
    total: all.length,
  };
};

describe('IndexPage', () => {
  it('asks the hub for the page and the filters of the URL', async () => {
    const { hub } = renderPage(<Models />, {
      path: '/?q=a&from=0',
      answers: { listModels: many },
    });
    expect(await screen.findByText('a', {}, find)).toBeInTheDocument();
    expect(hub.calls[0].request.query).toEqual({
      limit: '2',
      offset: '0',
      q: 'a',
    });
    expect(screen.queryByText('b')).not.toBeInTheDocument();
  });

  it('goes back to the first page when a filter is typed', async () => {
    const { hub } = renderPage(<Models />, {
      path: '/?from=2',
      answers: { listModels: many },
    });
    await screen.findByText('c', {}, find);
    await userEvent.type(screen.getByRole('searchbox', { name: 'Name' }), 'e');
    await screen.findByText('e', {}, find);
    expect(hub.calls.at(-1)!.request.query).toMatchObject({
      q: 'e',
      offset: '0',
    });
  });

  it('says that nothing matches and takes the filters away', async () => {
    renderPage(<Models />, { path: '/?q=zzz', answers: { listModels: many } });
    await screen.findByText('Nothing matches these filters.', {}, find);
    await userEvent.click(
      screen.getByRole('button', { name: 'Clear filters' }),
    );
    expect(await screen.findByText('a', {}, find)).toBeInTheDocument();
  });

  it('teaches where there is nothing at all', async () => {
    renderPage(<Models />, {
      answers: { listModels: () => ({ items: [], total: 0 }) },
    });
    expect(await screen.findByText('No model yet', {}, find)).toBeVisible();
  });

  it('keeps the choice of columns; the first cannot be hidden', async () => {
    renderPage(<Models />, { answers: { listModels: many } });
    await screen.findByText('a', {}, find);
    await userEvent.click(screen.getByRole('button', { name: 'Columns' }));
    expect(screen.queryByRole('checkbox', { name: 'Model' })).toBeNull();
    await userEvent.click(
      await screen.findByRole('checkbox', { name: 'Versions' }, find),
    );
    await userEvent.keyboard('{Escape}');
    await waitFor(() =>
      expect(
        screen.queryByRole('columnheader', { name: 'Versions' }),
      ).not.toBeInTheDocument(),
    );
    expect(
      screen.getByRole('columnheader', { name: 'Model' }),
    ).toBeInTheDocument();
  });
});

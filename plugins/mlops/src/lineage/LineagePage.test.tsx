import '@testing-library/jest-dom';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderPage } from '../testUtils/render';
import { lineageAnswers } from '../testUtils/story/lineage';
import { servingAnswers } from '../testUtils/story/serving';
import { hoursAgo } from '../testUtils/story/time';
import { LineagePage } from './LineagePage';

jest.setTimeout(60_000);
const find = { timeout: 15_000 };
const open = (query: string) =>
  renderPage(<LineagePage />, {
    path: `/ml/lineage${query}`,
    mountPath: '/ml/lineage',
    answers: { ...servingAnswers(), ...lineageAnswers() },
  });
const NODE = '?node=version:flight-delay/4';

describe('LineagePage', () => {
  it('lists what a node comes from and what it reaches', async () => {
    open(`${NODE}&view=list`);
    const list = await screen.findByRole('table', { name: 'List' }, find);
    const row = within(list).getByRole('row', { name: /^flight-delay v4/ });
    expect(row).toHaveTextContent('made by flight-delay #31');
    expect(row).toHaveTextContent('answered by flight-delay');
  });

  it('keeps the place of a hidden node without its name', async () => {
    open(`${NODE}&view=list`);
    const list = await screen.findByRole('table', { name: 'List' }, find);
    expect(list).toHaveTextContent('hidden: you may not read it');
    expect(list).not.toHaveTextContent('data:secret');
  });

  it('expands a cut', async () => {
    open(`${NODE}&view=list`);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Expand from here' }, find),
    );
    expect(
      await screen.findByRole('button', { name: 'gate-planner' }, find),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: 'Expand from here' }),
    ).not.toBeInTheDocument();
  });

  it('asks as of the end of a day', async () => {
    const { hub } = open(`${NODE}&view=list&asOf=2026-03-03`);
    await screen.findByRole('table', { name: 'List' }, find);
    expect(
      hub.calls.find(c => c.route === 'getLineage')?.request.query.asOf,
    ).toBe(new Date('2026-03-03T23:59:59.999').toISOString());
  });

  it('suggests nodes by a part of their name and starts at the chosen one', async () => {
    const { hub } = open('?view=list');
    await userEvent.type(
      await screen.findByRole('combobox', { name: 'Node' }, find),
      'delay',
    );
    await userEvent.click(
      await screen.findByRole(
        'option',
        { name: /version flight-delay v4/ },
        find,
      ),
    );
    await screen.findByRole('table', { name: 'List' }, find);
    expect(
      hub.calls.find(c => c.route === 'getLineage')?.request.query.node,
    ).toBe('version:flight-delay/4');
  });

  it('says what answered when, and asks as of a place on the line', async () => {
    const { hub } = open(`${NODE}&view=list`);
    const slider = await screen.findByRole(
      'slider',
      { name: 'Time of the graph' },
      find,
    );
    expect(screen.getByText(/answered since/)).toHaveTextContent(
      /promoted by ben/,
    );
    fireEvent.change(slider, {
      target: { value: String(Date.parse(hoursAgo(60))) },
    });
    await waitFor(() =>
      expect(
        hub.calls.filter(c => c.route === 'getLineage').at(-1)!.request.query
          .asOf,
      ).toBeDefined(),
    );
    expect(screen.getByText(/answered since/)).toHaveTextContent(/deployed/);
  });

  it('asks in one direction only', async () => {
    const { hub } = open(`${NODE}&view=list&direction=forward`);
    await screen.findByRole('table', { name: 'List' }, find);
    expect(
      hub.calls.find(c => c.route === 'getLineage')?.request.query.direction,
    ).toBe('forward');
  });

  it('refuses a node without a kind and says how it is written', async () => {
    const { hub } = open('');
    await userEvent.type(
      await screen.findByRole('combobox', { name: 'Node' }, find),
      'zzz{Tab}',
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Show' }, find),
    );
    expect(screen.getByRole('alert')).toHaveTextContent(/"zzz" is no part/);
    expect(hub.calls.some(c => c.route === 'getLineage')).toBe(false);
  });

  it('offers the endpoints that are known', async () => {
    const { hub } = open('?view=list');
    await userEvent.type(
      await screen.findByRole('combobox', { name: 'Endpoint' }, find),
      'del',
    );
    await userEvent.click(
      await screen.findByRole('option', { name: 'flight-delay' }, find),
    );
    await userEvent.type(screen.getByLabelText('Prediction id'), 'req-1');
    await userEvent.click(screen.getByRole('button', { name: 'Trace' }));
    await waitFor(() =>
      expect(
        hub.calls.find(c => c.route === 'tracePrediction')?.request.params,
      ).toEqual({ endpoint: 'flight-delay', id: 'req-1~0' }),
    );
  });

  it('keeps the endpoint of a link, also one that is not known any more', async () => {
    open('?view=list&endpoint=gone&prediction=req-1~0');
    expect(
      await screen.findByRole('combobox', { name: 'Endpoint' }, find),
    ).toHaveValue('gone');
    expect(screen.getByLabelText('Prediction id')).toHaveValue('req-1~0');
  });

  it('traces a prediction written as labels name it', async () => {
    const { hub } = open('?view=list');
    await userEvent.type(
      await screen.findByRole('combobox', { name: 'Endpoint' }, find),
      'flight-delay{Escape}',
    );
    await userEvent.type(screen.getByLabelText('Prediction id'), 'req-1/0');
    await userEvent.click(screen.getByRole('button', { name: 'Trace' }));
    expect(await screen.findByText('0.41', {}, find)).toBeInTheDocument();
    expect(
      hub.calls.find(c => c.route === 'tracePrediction')?.request.params,
    ).toEqual({ endpoint: 'flight-delay', id: 'req-1~0' });
    const chain = screen.getByRole('list', {
      name: 'From the request to the commit',
    });
    expect(
      within(chain).getByRole('link', { name: 'flight-delay v4' }),
    ).toHaveAttribute('href', '/ml/models/flight-delay/versions/4');
    expect(chain).toHaveTextContent(/run.*flight-delay #31/);
  });
});

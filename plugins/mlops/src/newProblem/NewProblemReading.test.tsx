import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type {
  ProblemPlan,
  TableProfile,
} from '@mlops-portal/plugin-mlops-common';
import { flightsPlan, flightsTable } from './__testUtils__/tables';
import { renderNew } from './__testUtils__/renderNew';

jest.setTimeout(120_000);

const bodies = (hub: ReturnType<typeof renderNew>['hub'], route: string) =>
  hub.calls.filter(call => call.route === route).map(call => call.request.body);
const chooseExample = async () =>
  userEvent.click(await screen.findByRole('button', { name: /US flights/ }));
async function choose(name: RegExp, option: string) {
  await userEvent.click(await screen.findByRole('button', { name }));
  await userEvent.click(await screen.findByRole('option', { name: option }));
}
const row = (column: string) =>
  screen
    .getByRole('rowheader', { name: new RegExp(`^${column}`) })
    .closest('tr')!;

describe('dates whose day and month could be either', () => {
  const ORDERS = ['%d/%m/%Y', '%m/%d/%Y'];
  function table(written?: string): TableProfile {
    const read = flightsTable();
    const why = 'choose which it is at the column';
    Object.assign(read.columns[4], {
      orders: ORDERS,
      ...(written
        ? { kind: 'date', written, leftOut: undefined }
        : { kind: null, leftOut: why }),
    });
    Object.assign(read.columns[0], { written: 'persian %Y/%m/%d' });
    return read;
  }

  it('are asked about at the column, and the table is read again as it was answered', async () => {
    const { hub } = renderNew({
      answers: {
        inspectSource: ({ body }: { body: { written?: object } }) =>
          table(Object.values(body.written ?? {})[0]),
      },
    });
    await chooseExample();
    expect(
      await screen.findByText(/Not an input: choose which it is/),
    ).toBeInTheDocument();
    expect(row('date')).toHaveTextContent('Persian calendar');

    await choose(/Order of day and month of destination/, 'month first');
    await waitFor(() =>
      expect(screen.queryByText(/choose which it is/)).toBeNull(),
    );
    const written = { destination: '%m/%d/%Y' };
    expect(bodies(hub, 'inspectSource').pop()).toMatchObject({ written });
    await waitFor(() =>
      expect(bodies(hub, 'planProblem').pop()).toMatchObject({ written }),
    );
    const order = within(row('destination')).getByRole('button', {
      name: /Order of day and month/,
    });
    expect(order).toHaveTextContent('month first');
  });
});

describe('the encoding of a file', () => {
  const table = (encoding: TableProfile['encoding']) => ({
    ...flightsTable(),
    encoding,
  });

  it('is told, and can be chosen where it was guessed', async () => {
    const { hub } = renderNew({
      answers: {
        inspectSource: ({ body }: { body: { source: { encoding?: never } } }) =>
          table({
            name: body.source.encoding ?? 'windows-1252',
            sure: Boolean(body.source.encoding),
          }),
      },
    });
    await chooseExample();
    expect(
      await screen.findByText(/Guessed: compare the letters/),
    ).toBeInTheDocument();

    await choose(/Encoding of the file/, 'Windows-1256: Arabic, Persian');
    expect(await screen.findByText(/Found from the file/)).toBeInTheDocument();
    const encoding = 'windows-1256';
    expect(bodies(hub, 'inspectSource').pop()).toMatchObject({
      source: { encoding },
    });
    await waitFor(() =>
      expect(bodies(hub, 'planProblem').pop()).toMatchObject({
        source: { encoding },
      }),
    );
  });

  it('is only told where it is UTF-8', async () => {
    renderNew({
      answers: {
        inspectSource: () => table({ name: 'utf-8', sure: true }),
      },
    });
    await chooseExample();
    expect(await screen.findByText('Written in UTF-8.')).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: /Encoding of the file/ }),
    ).toBeNull();
  });
});

describe('the positive one of two classes', () => {
  it('is suggested with the reason, and can be changed', async () => {
    const read = flightsTable();
    read.suggested = { target: 'origin', entity: [] };
    const planned = (positive?: string): ProblemPlan => ({
      ...flightsPlan(),
      twoClasses: ['loyal', 'lost'],
      ...(positive ? {} : { positiveWhy: 'rarer' }),
      values: { ...flightsPlan().values!, positive: positive ?? '== lost' },
    });
    const { hub } = renderNew({
      answers: {
        inspectSource: () => read,
        planProblem: ({ body }: { body: { positive?: string } }) =>
          planned(body.positive),
      },
    });
    await chooseExample();
    expect(
      await screen.findByText('Suggested: fewer rows have it.'),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: /Positive class/ }),
    ).toHaveTextContent('lost');

    await choose(/Positive class/, 'loyal');
    expect(await screen.findByText('Chosen by you.')).toBeInTheDocument();
    expect(bodies(hub, 'planProblem').pop()).toMatchObject({
      positive: '== loyal',
    });
  });
});

import '@testing-library/jest-dom';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Answers, Refusal } from '../testUtils/answers';
import { renderPage } from '../testUtils/render';
import { datasetVersion } from '../testUtils/story/datasets';
import { DatasetRoutes } from './DatasetRoutes';

jest.setTimeout(60_000);
const find = { timeout: 15_000 };
const open = (path: string, answers: Answers = {}) =>
  renderPage(<DatasetRoutes />, {
    path: `/ml/datasets${path}`,
    mountPath: '/ml/datasets/*',
    answers,
  });
const region = (name: string | RegExp) =>
  screen.findByRole('region', { name }, find);
const rowOf = (name: RegExp) => screen.findByRole('row', { name }, find);

describe('the datasets', () => {
  it('are listed as the hub sorts them, with freshness, owner, rows and who uses them', async () => {
    open('');
    const stale = await rowOf(/spark-weather-data/);
    expect(stale).toHaveTextContent('Stale');
    expect(stale).toHaveTextContent('not in the catalog');
    expect(await rowOf(/airports/)).toHaveTextContent('no run has read it');
    const own = await rowOf(/flight-delay-data/);
    expect(own).toHaveTextContent('2,192,318');
    expect(own).toHaveTextContent('next reading due in');
    expect(
      within(own).getAllByRole('link', { name: 'flight-delay' })[1],
    ).toHaveAttribute('href', '/ml/models/flight-delay');
  });

  it('are searched and filtered by the hub, as the address says', async () => {
    const { hub } = open('?q=air&state=no-data');
    await rowOf(/airports/);
    expect(
      hub.calls.find(({ route }) => route === 'listDatasets')?.request.query,
    ).toMatchObject({ q: 'air', state: 'no-data' });
  });

  it('teach what makes one where there is none', async () => {
    open('', { listDatasets: () => ({ items: [], total: 0 }) });
    expect(
      await screen.findByText('No dataset yet', {}, find),
    ).toBeInTheDocument();
    expect(screen.getByRole('link', { name: /New problem/ })).toBeVisible();
  });
});

describe('a dataset', () => {
  it('shows its versions, and the columns of the newest with their changes', async () => {
    open('/flight-delay-data');
    const versions = await region('Versions');
    expect(within(versions).getByText('shown')).toBeInTheDocument();
    expect(within(versions).getByText('2 changed')).toBeInTheDocument();
    expect(within(versions).getAllByText('9f3c61aa0000')).toHaveLength(2);
    const columns = await region('Columns of this version');
    expect(within(columns).getByText('type was int64')).toBeInTheDocument();
    expect(within(columns).getByText('added')).toBeInTheDocument();
    expect(within(columns).getByText('21,923 (1%)')).toBeInTheDocument();
    expect(within(columns).getByText('about 224')).toBeInTheDocument();
    expect(
      within(columns).getByRole('img', {
        name: 'Distribution of delay: 3 cells, most rows in -44 – 0',
      }),
    ).toBeInTheDocument();
    expect(
      within(columns).getByRole('link', { name: /flight-delay v6/ }),
    ).toHaveAttribute('href', '/ml/models/flight-delay/versions/6');
  });

  it('says what of the report could not be used', async () => {
    open('/flight-delay-data');
    const note = await screen.findByText(/1 part of the report/, {}, find);
    await userEvent.click(note);
    expect(
      screen.getByText(/needs one count less than edges/),
    ).toBeInTheDocument();
  });

  it('shows the version and the column that the address names', async () => {
    const { hub } = open('/flight-delay-data?version=v-march&column=date');
    const column = await region('date');
    expect(column).toBeVisible();
    expect(
      hub.calls.find(({ route }) => route === 'getDatasetVersion')?.request
        .params.version,
    ).toBe('v-march');
    await userEvent.click(
      within(column).getByRole('button', { name: 'Table' }),
    );
    expect(within(column).getAllByRole('row')[1]).toHaveTextContent('2001');
  });

  it('compares the version that is shown with another one', async () => {
    const { hub } = open('/flight-delay-data');
    await userEvent.click(
      await screen.findByRole('link', { name: 'Compare' }, find),
    );
    const compared = await region(/Compared with 1 Jan/);
    expect(
      hub.calls.find(({ route }) => route === 'compareDatasetVersions')?.request
        .query.versions,
    ).toBe('v-march,v-may');
    expect(within(compared).getByText('Drift')).toBeInTheDocument();
    expect(within(compared).getByText('0.310')).toBeInTheDocument();
    expect(within(compared).getAllByText('0% → 1%')[0]).toBeInTheDocument();
    expect(
      within(compared).getByText('no distribution on both sides'),
    ).toBeInTheDocument();
    await userEvent.click(
      within(compared).getByRole('link', { name: 'delay' }),
    );
    expect(
      await screen.findByText('estimated: the edges differ', {}, find),
    ).toBeInTheDocument();
  });

  it('copies source and digest of the version that is shown', async () => {
    const user = userEvent.setup();
    const write = jest.spyOn(navigator.clipboard, 'writeText');
    open('/flight-delay-data');
    await user.click(
      await screen.findByRole('button', { name: /Copy reference/ }, find),
    );
    expect(
      await screen.findByRole('button', { name: /Copied/ }, find),
    ).toBeVisible();
    expect(write).toHaveBeenCalledWith(
      expect.stringMatching(/^\/data\/flights.parquet@9f3c61aa0+$/),
    );
  });

  it('says why a version without a profile has no pictures', async () => {
    open('/flight-delay-data', {
      getDatasetVersion: ({ params }) => ({
        ...datasetVersion(params.version),
        profiled: false,
        schema: [{ name: 'delay', type: 'int64' }],
      }),
    });
    expect(
      await screen.findByText(/No profile was told/, {}, find),
    ).toBeInTheDocument();
  });

  it('teaches where no run has read it, and where the catalog does not know it', async () => {
    open('/airports');
    expect(
      await screen.findByText('No version yet', {}, find),
    ).toBeInTheDocument();
    open('/spark-weather-data');
    expect(
      await screen.findByText(/the catalog has no MLDataset/, {}, find),
    ).toBeInTheDocument();
  });

  it('names itself where the hub does not know it', async () => {
    open('/nobody', {
      getDataset: () => {
        throw new Refusal(404, 'there is no dataset nobody');
      },
    });
    expect(
      await screen.findByText(/Dataset nobody could not be loaded/, {}, find),
    ).toBeInTheDocument();
  });
});

import '@testing-library/jest-dom';
import { screen } from '@testing-library/react';
import { datasetComparison } from '../testUtils/story/datasets';
import { Answers } from '../testUtils/fakeHub';
import { renderPage } from '../testUtils/render';
import { DataCard } from './DataCard';

jest.setTimeout(60_000);
const find = { timeout: 15_000 };
const { before, after } = datasetComparison();
const open = (runs: [string, string], answers: Answers = {}) =>
  renderPage(
    <DataCard
      dataset="flight-delay-data"
      from={{ name: 'v4', runId: runs[0] }}
      to={{ name: 'v6', runId: runs[1] }}
    />,
    { answers },
  );
const card = () => screen.findByRole('region', { name: 'Data' }, find);
const text = (pattern: RegExp) => screen.findByText(pattern, {}, find);

describe('the data of two versions', () => {
  it('tells rows, window, columns and what moved in a sentence, and leads to the columns', async () => {
    const { hub } = open([before.run.id, after.run.id]);
    expect(await text(/^The source did not change/)).toHaveTextContent(
      /rows, the window ends \d+ d( \d+ h)? later, 2 columns differ: delay, weather\.$/,
    );
    expect(await card()).toHaveTextContent(
      'The values of one column moved over the limit: delay.',
    );
    expect(
      screen.getByRole('link', { name: 'Compare the data' }),
    ).toHaveAttribute(
      'href',
      `/ml/datasets/flight-delay-data?version=${after.id}&compare=${before.id}`,
    );
    expect(hub.calls.at(-1)?.request.query.versions).toBe(
      `${before.id},${after.id}`,
    );
  });

  it('says that both read the same rows', async () => {
    open([after.run.id, after.run.id]);
    expect(await text(/Both read the same rows/)).toBeInTheDocument();
  });

  it('says of whom it does not know what was read', async () => {
    open([after.run.id, 'unheard-of']);
    expect(await text(/What v6 read is not known/)).toBeInTheDocument();
  });

  it('is calm where nothing but the window moved', async () => {
    const same = datasetComparison();
    open([before.run.id, after.run.id], {
      compareDatasetVersions: () => ({
        ...same,
        sameDigest: false,
        columns: same.columns.filter(c => c.name === 'origin'),
      }),
    });
    expect(await text(/^The source changed/)).toHaveTextContent(
      /the columns are the same\.$/,
    );
    expect(await card()).toHaveTextContent('No column moved over the limit.');
  });
});

import '@testing-library/jest-dom';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Answers } from '../../testUtils/fakeHub';
import { renderPage } from '../../testUtils/render';
import { versionDetail } from '../../testUtils/story/registry';
import { runDetail } from '../../testUtils/story/runs';
import { PipelineRoutes } from '../PipelineRoutes';

jest.setTimeout(60_000);
const find = { timeout: 15_000 };
const open = (runs: string, answers: Answers = {}) =>
  renderPage(<PipelineRoutes />, {
    path: `/ml/pipelines/flight-delay/compare?runs=${runs}`,
    mountPath: '/ml/pipelines/*',
    answers,
  });
/** Run 47 made v6, run 41 v5, and they are told apart by what the test says. */
const told = (changes: Record<string, object>): Answers => ({
  getRun: ({ params: { id } }) => ({ ...runDetail(id), ...changes[id] }),
});
const table = () => screen.findByRole('region', { name: 'Side by side' }, find);

describe('the comparison of runs', () => {
  it('says first what differs and what became of the metric', async () => {
    open('run-41,run-47', {
      ...told({
        'run-41': { commit: 'c'.repeat(40), parameters: { until: '' } },
      }),
    });
    const answer = await screen.findByText(
      /^Different: commit, until\.$/,
      {},
      find,
    );
    expect(answer.parentElement).toHaveTextContent(
      /#47 has AUC 0\.721, .+ against #41\. Both were evaluated on the same window\.$/,
    );
  });

  it('hides what is the same, and shows it when asked', async () => {
    open('run-41,run-47', told({ 'run-41': { parameters: { until: '' } } }));
    const card = await table();
    expect(
      within(card).getByRole('row', { name: 'until – 2001-05-14' }),
    ).toBeInTheDocument();
    expect(within(card).queryByRole('row', { name: /^Engine/ })).toBeNull();
    await userEvent.click(
      within(card).getByRole('radio', { name: 'Everything' }),
    );
    expect(
      within(card).getByRole('row', { name: 'Engine local local' }),
    ).toBeInTheDocument();
  });

  it('compares a run that failed, and says why it did', async () => {
    open('run-46,run-47');
    const card = await table();
    expect(
      within(card).getByRole('row', { name: /^State Failed Succeeded/ }),
    ).toBeInTheDocument();
    expect(
      within(card).getByRole('row', { name: /^Reason .*did not answer/ }),
    ).toBeInTheDocument();
  });

  it('draws no conclusion from figures on different rows', async () => {
    open('run-44,run-47');
    expect(
      (await screen.findAllByText(/on its own window/, {}, find)).length,
    ).toBeGreaterThan(0);
    expect(within(await table()).queryByText('better')).toBeNull();
  });

  it('shows first what one evaluation found for both on the same rows', async () => {
    open('run-41,run-47', {
      getRun: ({ params: { id } }) => ({
        ...runDetail(id),
        versionMade: id === 'run-47' ? 6 : 4,
      }),
      getVersion: ({ params }) => ({
        ...versionDetail(Number(params.version)),
        ...(params.version === '6' && {
          test: { from: '2001-05-14', to: '2001-05-20', rows: 100 },
        }),
      }),
    });
    const rows = await screen.findByRole(
      'region',
      { name: 'v6 and v4 on the same rows' },
      find,
    );
    expect(within(rows).getAllByText('Better').length).toBeGreaterThan(0);
    expect(
      screen.getByText(
        /v6 is better on the same rows\. AUC \+0\.017 against v4\./,
      ),
    ).toBeInTheDocument();
  });

  it('leads to the versions, the data and the code', async () => {
    const { hub } = open(
      'run-41,run-47',
      told({ 'run-41': { commit: 'c'.repeat(40) } }),
    );
    expect(
      await screen.findByRole('link', { name: 'Compare the versions' }, find),
    ).toHaveAttribute('href', '/ml/models/flight-delay/compare?versions=5,6');
    expect(
      await screen.findByRole('button', { name: /features.py/ }, find),
    ).toBeInTheDocument();
    expect(
      hub.calls.find(c => c.route === 'getRepositoryDiff')?.request,
    ).toMatchObject({
      params: { name: 'flight-delay' },
      query: { from: 'c'.repeat(40) },
    });
  });

  it('shows the metrics as a picture and as its values', async () => {
    open('run-41,run-47');
    const card = await screen.findByRole('region', { name: 'Metrics' }, find);
    expect(within(card).getByRole('img')).toHaveTextContent(
      /AUC: #41 0\.\d+, #47 0\.721/,
    );
    await userEvent.click(within(card).getByRole('button', { name: 'Table' }));
    expect(
      await within(card).findByRole('row', { name: /^AUC 0\.\d+ 0\.721$/ }),
    ).toBeInTheDocument();
  });

  it('swaps the two', async () => {
    open('run-41,run-47');
    await table();
    await userEvent.click(screen.getByRole('button', { name: 'Swap' }));
    const heads = within(await table()).getAllByRole('columnheader');
    expect(heads.slice(1, 3).map(h => h.textContent)).toEqual([
      'Run #47',
      'Run #41',
    ]);
  });

  it('asks for two runs when only one is named', async () => {
    const { hub } = open('run-47,run-47');
    expect(
      await screen.findByText(/Choose two to five runs/, {}, find),
    ).toBeInTheDocument();
    expect(hub.calls.some(c => c.route === 'getRun')).toBe(false);
  });

  it('says which run there is none of', async () => {
    open('run-47,run-0', {
      getRun: ({ params }) => {
        if (params.id === 'run-0') throw new Error('there is no run run-0');
        return runDetail(params.id);
      },
    });
    expect(await screen.findByRole('alert', {}, find)).toHaveTextContent(
      'there is no run run-0',
    );
  });
});

import '@testing-library/jest-dom';
import { screen } from '@testing-library/react';
import { MlopsDocument } from '@mlops-portal/plugin-mlops-common';
import { renderPage } from '../testUtils/render';
import { foundWords } from './foundWords';
import { HubResult } from './HubResult';

jest.setTimeout(60_000);
const find = { timeout: 15_000 };

const run: MlopsDocument = {
  title: 'flight-delay #7',
  text: 'Look at the day · 64df1f5',
  location: '/ml/runs/r1',
  kind: 'run',
  name: 'flight-delay',
  owner: 'group:default/ml',
  state: 'failed',
  columns: '',
  metrics: 'roc_auc',
  commit: '64df1f5818a616b4f721d5830f48176ba512625d',
};
const marked = (fields: Record<string, string>) => ({
  preTag: '<x>',
  postTag: '</x>',
  fields,
});

describe('HubResult', () => {
  it('says what was found, how it is and who owns it', async () => {
    renderPage(<HubResult result={run} />);
    const title = await screen.findByRole(
      'link',
      { name: 'flight-delay #7' },
      find,
    );
    expect(title).toHaveAttribute('href', '/ml/runs/r1');
    expect(screen.getByText('Run')).toBeVisible();
    expect(screen.getByText('Failed')).toBeVisible();
    const owner = screen.getByRole('link', { name: 'ml' });
    expect(owner).toHaveAttribute('href', '/catalog/default/group/ml');
    expect(owner).toHaveAttribute('title', 'group:default/ml');
  });

  it('names the metric and the commit in which the words were found', async () => {
    renderPage(
      <HubResult
        result={run}
        highlight={marked({
          metrics: '<x>roc</x>_<x>auc</x>',
          commit: `<x>${run.commit}</x>`,
        })}
      />,
    );
    expect(await screen.findByText('metric', {}, find)).toBeVisible();
    expect(screen.getByText('AUC')).toBeVisible();
    expect(screen.getByText(run.commit)).toBeVisible();
  });

  it('shows no state for a page of the portal', async () => {
    renderPage(
      <HubResult
        result={
          {
            ...run,
            kind: 'page',
            title: 'Audit',
            name: '',
            owner: '',
            state: '',
          } as MlopsDocument
        }
      />,
    );
    expect(await screen.findByText('Page', {}, find)).toBeVisible();
    expect(screen.queryByText('Unknown')).toBeNull();
  });
});

describe('foundWords', () => {
  it('gives the whole names, each once', () => {
    const fields = {
      columns: 'a <x>recent</x>_delay <x>recent</x>_delay_rows b',
    };
    expect(foundWords(marked(fields), 'columns')).toEqual([
      'recent_delay',
      'recent_delay_rows',
    ]);
  });

  it('gives nothing for a field in which nothing was found', () => {
    expect(foundWords(marked({}), 'columns')).toEqual([]);
    expect(foundWords(undefined, 'columns')).toEqual([]);
  });
});

import '@testing-library/jest-dom';
import { ReactElement } from 'react';
import { screen, within } from '@testing-library/react';
import { Entity } from '@backstage/catalog-model';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { Answers, Refusal } from '../testUtils/fakeHub';
import { renderPage } from '../testUtils/render';
import { endpoint } from '../testUtils/story/serving';
import { DatasetCard } from './DatasetCard';
import { EndpointCard } from './EndpointCard';
import { FeatureViewCard } from './FeatureViewCard';
import { ModelCard } from './ModelCard';
import { PipelineCard } from './PipelineCard';
import { ProblemCard } from './ProblemCard';

jest.setTimeout(60_000);
const find = { timeout: 15_000 };

function show(card: ReactElement, entity: Partial<Entity>, answers?: Answers) {
  const whole: Entity = {
    apiVersion: 'mlops-portal.io/v1alpha1',
    kind: 'MLProblem',
    metadata: { name: 'flight-delay' },
    ...entity,
  };
  return renderPage(<EntityProvider entity={whole}>{card}</EntityProvider>, {
    answers,
  });
}

function missing(message: string): () => never {
  return () => {
    throw new Refusal(404, message);
  };
}

describe('cards on the overview of entities', () => {
  it('shows the loop of a problem with live state and what needs attention', async () => {
    show(<ProblemCard />, {});
    const loop = await screen.findByRole(
      'region',
      { name: 'Where it stands' },
      find,
    );
    expect(
      within(within(loop).getByRole('list')).getAllByRole('listitem'),
    ).toHaveLength(6);
    expect(within(loop).getByText('Drift')).toBeInTheDocument();
    expect(
      screen.getByRole('region', { name: 'Needs attention' }),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('region', { name: 'AUC in production' }),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('region', { name: 'Recent activity' }),
    ).toBeInTheDocument();
    for (const name of ['Run pipeline…', 'Pause retraining…'])
      expect(within(loop).getByRole('button', { name })).toBeEnabled();
    expect(
      within(loop).getByRole('link', { name: 'Open repository' }),
    ).toBeInTheDocument();
  });

  it('says what makes a problem known that is only declared yet', async () => {
    show(
      <ProblemCard />,
      {},
      { getProblem: missing('no problem flight-delay') },
    );
    expect(
      await screen.findByText(/first push to its repository/, {}, find),
    ).toBeInTheDocument();
  });

  it('shows the lanes of a model and the facts of its champion', async () => {
    show(<ModelCard />, {
      kind: 'MLModel',
      spec: { registry: { provider: 'portal', name: 'flight-delay' } },
    });
    const champion = await screen.findByRole(
      'region',
      { name: 'In production' },
      find,
    );
    expect(within(champion).getByRole('link', { name: 'v4' })).toHaveAttribute(
      'href',
      '/ml/models/flight-delay/versions/4',
    );
    expect(champion).toHaveTextContent('0.704');
    expect(champion).toHaveTextContent('972,416 rows');
    expect(
      await screen.findByRole('region', { name: 'Staging' }, find),
    ).toBeInTheDocument();
  });

  it('says what makes a model that the hub does not know yet', async () => {
    show(
      <ModelCard />,
      { kind: 'MLModel' },
      { getModel: missing('there is no model flight-delay') },
    );
    expect(
      await screen.findByText(/the first run that succeeds makes/, {}, find),
    ).toBeInTheDocument();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  it('shows the split, the state and the URL of an endpoint of another name', async () => {
    const { hub } = show(
      <EndpointCard />,
      {
        kind: 'API',
        metadata: { name: 'lateness' },
        spec: { type: 'ml-endpoint' },
        relations: [
          { type: 'deploys', targetRef: 'mlmodel:default/flight-delay' },
        ],
      },
      { getEndpoint: () => endpoint() },
    );
    expect(
      await screen.findByRole('img', { name: /v4 90%, v6 10%/ }, find),
    ).toBeInTheDocument();
    expect(screen.getByText(endpoint().url)).toBeInTheDocument();
    expect(hub.calls[0].request.params.name).toBe('flight-delay');
  });

  it('shows the last runs of a pipeline', async () => {
    show(<PipelineCard />, {
      kind: 'Component',
      metadata: { name: 'flight-delay-pipeline' },
      spec: { type: 'ml-pipeline' },
    });
    expect(
      await screen.findByRole('link', { name: '#47' }, find),
    ).toHaveAttribute('href', '/ml/runs/run-47');
    expect(screen.getByRole('link', { name: 'All runs' })).toHaveAttribute(
      'href',
      '/ml/pipelines/flight-delay',
    );
  });

  it('shows the features of a view as its own page does', async () => {
    show(<FeatureViewCard />, {
      kind: 'MLFeatureView',
      metadata: { name: 'flight-delay-features' },
    });
    expect(
      await screen.findByText('flight-delay/src/features.py', {}, find),
    ).toBeVisible();
    expect(
      screen.getByRole('region', { name: 'Features, most important first' }),
    ).toBeInTheDocument();
  });
});

describe('card of a dataset', () => {
  const dataset: Partial<Entity> = {
    kind: 'MLDataset',
    metadata: { name: 'flight-delay-data' },
    spec: {
      source: { platform: 'file', uri: 'file:///data/flights.parquet' },
      classification: 'internal',
      personalData: false,
    },
    relations: [
      { type: 'usedToTrain', targetRef: 'mlmodel:default/flight-delay' },
    ],
  };

  it('shows versions and columns as its own page does', async () => {
    const { hub } = show(<DatasetCard />, dataset);
    const versions = await screen.findByRole(
      'region',
      { name: 'Versions' },
      find,
    );
    expect(versions).toHaveTextContent('2,192,318');
    expect(
      await screen.findByRole('region', { name: /^Columns of/ }, find),
    ).toBeInTheDocument();
    expect(hub.calls[0].request.params.name).toBe('flight-delay-data');
  });

  it('says so where the hub does not know it yet', async () => {
    show(<DatasetCard />, dataset, {
      getDataset: missing('there is no dataset flight-delay-data'),
    });
    expect(
      await screen.findByText(
        /flight-delay-data could not be loaded/,
        {},
        find,
      ),
    ).toBeInTheDocument();
  });
});

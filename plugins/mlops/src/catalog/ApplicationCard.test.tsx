import '@testing-library/jest-dom';
import { screen } from '@testing-library/react';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogApiRef, EntityProvider } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { mlopsApiRef } from '../api';
import { Answers, createFakeHub, Refusal } from '../testUtils/fakeHub';
import { endpoint } from '../testUtils/story/serving';
import { ApplicationCard } from './ApplicationCard';

jest.setTimeout(60_000);
const find = { timeout: 15_000 };

const api: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'API',
  metadata: { name: 'flight-delay-endpoint', namespace: 'default' },
  spec: { type: 'ml-endpoint' },
};

function application(consumes: string[]): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'flight-delay-app', namespace: 'default' },
    spec: { type: 'ml-application' },
    relations: consumes.map(targetRef => ({ type: 'consumesApi', targetRef })),
  };
}

function show(entity: Entity, answers?: Answers) {
  renderInTestApp(
    <EntityProvider entity={entity}>
      <ApplicationCard />
    </EntityProvider>,
    {
      apis: [
        [mlopsApiRef, createFakeHub(answers).client],
        [catalogApiRef, catalogApiMock({ entities: [api] })],
      ],
    },
  );
}

const calls = ['api:default/flight-delay-endpoint'];

describe('ApplicationCard', () => {
  it('names the endpoint that is called, whether it answers, and with which version', async () => {
    show(application(calls), { getEndpoint: () => endpoint() });
    const link = await screen.findByRole(
      'link',
      { name: 'flight-delay-endpoint' },
      find,
    );
    expect(link).toHaveAttribute(
      'href',
      '/catalog/default/api/flight-delay-endpoint',
    );
    expect(screen.getByRole('link', { name: 'Open endpoint' })).toHaveAttribute(
      'href',
      '/ml/endpoints/flight-delay',
    );
    expect(
      screen.getByRole('region', { name: 'What it calls' }),
    ).toHaveTextContent(/v\d/);
  });

  it('says that nobody answers yet', async () => {
    show(application(calls), {
      getEndpoint: () => {
        throw new Refusal(404, 'no endpoint flight-delay');
      },
    });
    expect(
      await screen.findByText(/Not answered yet/, {}, find),
    ).toBeInTheDocument();
  });

  it('says how an application without calls names its endpoint', async () => {
    show(application([]));
    expect(
      await screen.findByText('It calls no endpoint', {}, find),
    ).toBeInTheDocument();
    expect(screen.getByText(/consumesApis/)).toBeInTheDocument();
  });
});

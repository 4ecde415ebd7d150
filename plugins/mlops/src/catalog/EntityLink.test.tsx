import '@testing-library/jest-dom';
import { screen } from '@testing-library/react';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { entityPresentationApiRef } from '@backstage/plugin-catalog-react';
import { EntityLink, entityPath } from './EntityLink';

jest.setTimeout(60_000);
const find = { timeout: 15_000 };

describe('EntityLink', () => {
  it('shows the name that the catalog gives, with the exact reference on hover', async () => {
    renderInTestApp(<EntityLink of="group:default/ml" />, {
      apis: [
        [
          entityPresentationApiRef,
          {
            forEntity: (ref: unknown) => {
              const snapshot = {
                entityRef: String(ref),
                primaryTitle: 'ML team',
              };
              return { snapshot, promise: Promise.resolve(snapshot) };
            },
          },
        ],
      ],
    });
    const link = await screen.findByRole('link', { name: 'ML team' }, find);
    expect(link).toHaveAttribute('href', '/catalog/default/group/ml');
    expect(link).toHaveAttribute('title', 'group:default/ml');
  });

  it('shows what is no reference as it is', async () => {
    renderInTestApp(<EntityLink of="group:" />);
    expect(await screen.findByText('group:', {}, find)).toBeInTheDocument();
    expect(screen.queryByRole('link')).toBeNull();
  });
});

describe('entityPath', () => {
  it.each([
    ['group:default/ml', '/catalog/default/group/ml'],
    ['user:people/ann', '/catalog/people/user/ann'],
    ['ml', '/catalog/default/group/ml'],
    ['MLProblem:default/delay', '/catalog/default/mlproblem/delay'],
    ['', undefined],
  ])('of "%s" is %s', (ref, path) => {
    expect(entityPath(ref)).toBe(path);
  });
});
